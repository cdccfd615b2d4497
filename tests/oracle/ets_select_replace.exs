Code.require_file("support/oracle.ex", __DIR__)

complaint = fn fun ->
  {:error, message} = Oracle.caught(fun)
  String.trim(message)
end

t = :ets.new(:t, [:ordered_set])
:ets.insert(t, for(i <- 1..4, do: {i, i}))
Oracle.show("count", :ets.select_replace(t, [{{:"$1", :"$2"}, [{:>, :"$1", 2}], [{{:"$1", {:*, :"$2", 10}}}]}]))
Oracle.show("objects", :ets.tab2list(t))
Oracle.show("itself", :ets.select_replace(t, [{{1, :_}, [], [:"$_"]}]))
Oracle.show("constant key", :ets.select_replace(t, [{{1, :_}, [], [{{1, :one}}]}]))
Oracle.show("element", :ets.select_replace(t, [{{:_, 2}, [], [{{{:element, 1, :"$_"}, :two, :more}}]}]))
Oracle.show("objects", :ets.tab2list(t))
Oracle.show("another key", complaint.(fn -> :ets.select_replace(t, [{{:"$1", :"$2"}, [], [{{:"$2", 1}}]}]) end))
Oracle.show("no object", complaint.(fn -> :ets.select_replace(t, [{{:"$1", :"$2"}, [], [true]}]) end))
b = :ets.new(:b, [:bag])
Oracle.show("bag", complaint.(fn -> :ets.select_replace(b, [{{:"$1", :"$2"}, [], [:"$_"]}]) end))
d = :ets.new(:d, [:duplicate_bag])
:ets.insert(d, [{1, 1}, {1, 1}, {1, 2}])
Oracle.show("duplicate_bag", :ets.select_replace(d, [{{:"$1", 1}, [], [{{:"$1", 3}}]}]))
Oracle.show("objects", :ets.lookup(d, 1))
