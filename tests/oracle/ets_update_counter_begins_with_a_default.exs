Code.require_file("support/oracle.ex", __DIR__)

t = :ets.new(:t, [])
Oracle.show("first", :ets.update_counter(t, :a, 1, {:x, 10, 5}))
Oracle.show("second", :ets.update_counter(t, :a, {3, 1}, {:x, 0, 0}))
Oracle.show("object", :ets.lookup(t, :a))
Oracle.show("no other", :ets.lookup(t, :x))
