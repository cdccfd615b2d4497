Code.require_file("support/oracle.ex", __DIR__)

t = :ets.new(:t, [:ordered_set])
:ets.insert(t, for(i <- 1..6, do: {i, i * i}))
all = [{{:"$1", :_}, [], [:"$1"]}]
for limit <- [2, 4, 6, 7] do
  {chunk, more} = :ets.select(t, all, limit)
  Oracle.show("first #{limit}", chunk)
  Oracle.show("at the end #{limit}", more == :"$end_of_table")
  Oracle.show("again #{limit}", case :ets.select(more) do {chunk, _} -> chunk; the_end -> the_end end)
end
Oracle.show("nothing", :ets.select(t, [{{:x, :_}, [], [1]}], 2))
Oracle.show("no key", :ets.select(t, [{{:"$1", 7}, [], [1]}], 2))
{one, more} = :ets.select(t, [{{3, :_}, [], [:"$_"]}], 1)
Oracle.show("bound key", one)
Oracle.show("more", more)
