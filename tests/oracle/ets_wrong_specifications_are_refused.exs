Code.require_file("support/oracle.ex", __DIR__)

complaint = fn fun ->
  {:error, message} = Oracle.caught(fun)
  String.trim(message)
end

t = :ets.new(:t, [])
:ets.insert(t, {1, 2})
Oracle.show("atom", complaint.(fn -> :ets.select(t, :x) end))
Oracle.show("head", :ets.select(t, [{:a, [], [true]}]))
Oracle.show("body", complaint.(fn -> :ets.select(t, [{{:"$1"}, [], []}]) end))
Oracle.show("unbound", complaint.(fn -> :ets.select(t, [{{:"$1"}, [], [:"$2"]}]) end))
Oracle.show("operator", complaint.(fn -> :ets.select(t, [{{:"$1"}, [{:foo, 1}], [:"$1"]}]) end))
Oracle.show("count", complaint.(fn -> :ets.select_count(t, :x) end))
Oracle.show("delete", complaint.(fn -> :ets.select_delete(t, [{1, 2}]) end))
