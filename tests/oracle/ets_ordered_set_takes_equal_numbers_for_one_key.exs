Code.require_file("support/oracle.ex", __DIR__)

t = :ets.new(:t, [:ordered_set])
Oracle.show("integer", :ets.insert(t, {1, :a}))
Oracle.show("float", :ets.insert(t, {1.0, :b}))
Oracle.show("lookup", :ets.lookup(t, 1))
Oracle.show("size", :ets.info(t, :size))
