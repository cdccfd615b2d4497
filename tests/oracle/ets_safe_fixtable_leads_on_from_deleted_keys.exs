Code.require_file("support/oracle.ex", __DIR__)

complaint = fn fun ->
  {:error, message} = Oracle.caught(fun)
  String.trim(message)
end

t = :ets.new(:t, [:public])
:ets.insert(t, for(i <- 1..20, do: {i}))
:ets.safe_fixtable(t, true)
walk = fn walk, key, seen ->
  if key == :"$end_of_table" do
    seen
  else
    :ets.delete(t, key)
    walk.(walk, :ets.next(t, key), [key | seen])
  end
end
Oracle.show("seen", Enum.sort(walk.(walk, :ets.first(t), [])))
Oracle.show("size", :ets.info(t, :size))
Oracle.show("member", :ets.member(t, 5))
:ets.insert(t, {5, :again})
Oracle.show("again", :ets.tab2list(t))
Oracle.show("fixed", :ets.info(t, :fixed))
{_, fixers} = :ets.info(t, :safe_fixed_monotonic_time)
Oracle.show("by", fixers == [{self(), 1}])
Oracle.show("release", :ets.safe_fixtable(t, false))
Oracle.show("once too often", :ets.safe_fixtable(t, false))
Oracle.show("fixed", :ets.info(t, :fixed))
Oracle.show("time", :ets.info(t, :safe_fixed_monotonic_time))
Oracle.show("next", complaint.(fn -> :ets.next(t, 4) end))
Oracle.show("boolean", complaint.(fn -> :ets.safe_fixtable(t, 1) end))
