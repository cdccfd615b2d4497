Code.require_file("support/oracle.ex", __DIR__)

complaint = fn fun ->
  {:error, message} = Oracle.caught(fun)
  String.trim(message)
end

t = :ets.new(:t, [])
:ets.insert(t, {:a, 1, 2})
Oracle.show("one", :ets.update_element(t, :a, {2, :x}))
Oracle.show("several", :ets.update_element(t, :a, [{2, :y}, {3, {1, 2}}]))
Oracle.show("object", :ets.lookup(t, :a))
Oracle.show("no key", :ets.update_element(t, :b, {2, 1}))
Oracle.show("position", complaint.(fn -> :ets.update_element(t, :a, {9, 1}) end))
Oracle.show("key", complaint.(fn -> :ets.update_element(t, :a, {1, 1}) end))
Oracle.show("wrong", complaint.(fn -> :ets.update_element(t, :a, 1) end))
