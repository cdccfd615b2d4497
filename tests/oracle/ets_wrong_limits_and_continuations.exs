Code.require_file("support/oracle.ex", __DIR__)

complaint = fn fun ->
  {:error, message} = Oracle.caught(fun)
  String.trim(message)
end

t = :ets.new(:t, [])
all = [{:"$1", [], [:"$1"]}]
Oracle.show("zero", complaint.(fn -> :ets.select(t, all, 0) end))
Oracle.show("word", complaint.(fn -> :ets.select(t, all, :x) end))
Oracle.show("match", complaint.(fn -> :ets.match(t, {:"$1"}, 0) end))
Oracle.show("object", complaint.(fn -> :ets.match_object(t, {:"$1"}, -1) end))
Oracle.show("reverse", complaint.(fn -> :ets.select_reverse(t, all, 0) end))
Oracle.show("specification", complaint.(fn -> :ets.select(t, :x, 1) end))
Oracle.show("continuation", complaint.(fn -> :ets.select(:x) end))
Oracle.show("of match", complaint.(fn -> :ets.match(:x) end))
