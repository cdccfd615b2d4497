Code.require_file("support/oracle.ex", __DIR__)

mine = :ets.new(:unnamed, [])
:ets.new(:named, [:named_table])
all = :ets.all()
Oracle.show("unnamed", mine in all)
Oracle.show("named", :named in all)
:ets.delete(:named)
Oracle.show("gone", :named in :ets.all())
