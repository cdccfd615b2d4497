Code.require_file("support/oracle.ex", __DIR__)

t = :ets.new(:t, [:ordered_set])
:ets.insert(t, for(i <- 1..5, do: {i, i * i}))
odd = [{{:"$1", :"$2"}, [{:==, {:rem, :"$1", 2}, 1}], [:"$2"]}]
Oracle.show("all", :ets.select_reverse(t, odd))
{chunk, more} = :ets.select_reverse(t, odd, 2)
Oracle.show("first", chunk)
{chunk, more} = :ets.select_reverse(more)
Oracle.show("second", chunk)
Oracle.show("end", more)
Oracle.show("nothing", :ets.select_reverse(t, [{:x, [], [1]}]))
