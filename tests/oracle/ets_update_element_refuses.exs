Code.require_file("support/oracle.ex", __DIR__)

complaint = fn fun ->
  {:error, message} = Oracle.caught(fun)
  String.trim(message)
end

t = :ets.new(:t, [])
:ets.insert(t, {1, 2})
try_it = fn key, what -> case Oracle.caught(fn -> :ets.update_element(t, key, what) end) do {:error, text} -> String.trim(text); value -> value end end
Oracle.show("zero", try_it.(1, {0, 0}))
Oracle.show("negative", try_it.(1, {-1, 0}))
Oracle.show("beyond", try_it.(1, {3, 0}))
Oracle.show("key", try_it.(1, {1, 0}))
Oracle.show("word", try_it.(1, {:x, 0}))
Oracle.show("list", try_it.(1, [{2, 1}, {3, 1}]))
Oracle.show("unchanged", :ets.lookup(t, 1))
Oracle.show("no key", try_it.(9, {0, 0}))
b = :ets.new(:b, [:bag])
:ets.insert(b, {1, 1})
Oracle.show("bag", complaint.(fn -> :ets.update_element(b, 1, {2, 1}) end))
