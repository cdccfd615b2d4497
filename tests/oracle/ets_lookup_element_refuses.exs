Code.require_file("support/oracle.ex", __DIR__)

complaint = fn fun ->
  {:error, message} = Oracle.caught(fun)
  String.trim(message)
end

t = :ets.new(:t, [])
:ets.insert(t, {:a, 1})
Oracle.show("there", :ets.lookup_element(t, :a, 2))
Oracle.show("no key", complaint.(fn -> :ets.lookup_element(t, :b, 1) end))
Oracle.show("beyond", complaint.(fn -> :ets.lookup_element(t, :a, 9) end))
Oracle.show("zero", complaint.(fn -> :ets.lookup_element(t, :a, 0) end))
Oracle.show("no number", complaint.(fn -> :ets.lookup_element(t, :a, :x) end))
