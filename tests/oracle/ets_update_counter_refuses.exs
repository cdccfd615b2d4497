Code.require_file("support/oracle.ex", __DIR__)

complaint = fn fun ->
  {:error, message} = Oracle.caught(fun)
  String.trim(message)
end

t = :ets.new(:t, [])
:ets.insert(t, {:a, 1, "x"})
Oracle.show("no key", complaint.(fn -> :ets.update_counter(t, :b, 1) end))
Oracle.show("no integer", complaint.(fn -> :ets.update_counter(t, :a, {3, 1}) end))
Oracle.show("position", complaint.(fn -> :ets.update_counter(t, :a, {9, 1}) end))
Oracle.show("key", complaint.(fn -> :ets.update_counter(t, :a, {1, 1}) end))
Oracle.show("operation", complaint.(fn -> :ets.update_counter(t, :a, "x") end))
Oracle.show("increment", complaint.(fn -> :ets.update_counter(t, :a, {2, :x}) end))
Oracle.show("default", complaint.(fn -> :ets.update_counter(t, :c, {2, 1}, 5) end))
Oracle.show("bag", complaint.(fn -> :ets.update_counter(:ets.new(:b, [:bag]), :a, 1) end))
Oracle.show("second of a list", complaint.(fn -> :ets.update_counter(t, :a, [{2, 5}, {3, 1}]) end))
Oracle.show("unchanged", :ets.lookup(t, :a))
