Code.require_file("support/oracle.ex", __DIR__)

complaint = fn fun ->
  {:error, message} = Oracle.caught(fun)
  String.trim(message)
end

t = :ets.new(:t, [])
:ets.insert(t, {1, 1, 10})
Oracle.show("none", :ets.update_counter(t, 1, []))
Oracle.show("in turn", :ets.update_counter(t, 1, [{2, 1}, {2, 10, 20, 0}, {2, -1, 0, 5}]))
Oracle.show("wraps", :ets.update_counter(t, 1, [{2, 10, 20, 0}, {3, -11, 0, 7}]))
Oracle.show("object", :ets.lookup(t, 1))
Oracle.show("default", :ets.update_counter(t, 2, [{2, 1}, {3, 1}], {0, 5, 6}))
Oracle.show("all or nothing", complaint.(fn -> :ets.update_counter(t, 1, [{2, 1}, {4, 1}]) end))
Oracle.show("object", :ets.lookup(t, 1))
Oracle.show("no default is left", Oracle.raises(fn -> :ets.update_counter(t, 3, [{2, 1}, {5, 1}], {0, 5, 6}) end))
Oracle.show("objects", :ets.lookup(t, 3))
Oracle.show("threshold", complaint.(fn -> :ets.update_counter(t, 1, {2, 1, 5}) end))
