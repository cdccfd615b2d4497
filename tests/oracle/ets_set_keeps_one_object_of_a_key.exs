Code.require_file("support/oracle.ex", __DIR__)

t = :ets.new(:t, [])
Oracle.show("insert", :ets.insert(t, {1, "a"}))
Oracle.show("again", :ets.insert(t, {1, "b", 2}))
Oracle.show("lookup", :ets.lookup(t, 1))
Oracle.show("nobody", :ets.lookup(t, 2))
Oracle.show("size", :ets.info(t, :size))
