Code.require_file("support/oracle.ex", __DIR__)

t = :ets.new(:t, [])
:ets.insert(t, for(n <- 1..100, do: {n, n}))
walk = fn walk, key, keys ->
  if key == :"$end_of_table", do: Enum.sort(keys), else: walk.(walk, :ets.next(t, key), [key | keys])
end
Oracle.show("keys", walk.(walk, :ets.first(t), []) == Enum.to_list(1..100))
Oracle.show("empty", :ets.first(:ets.new(:e, [])))
