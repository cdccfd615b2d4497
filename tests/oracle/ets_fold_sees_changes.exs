Code.require_file("support/oracle.ex", __DIR__)

t = :ets.new(:t, [:ordered_set])
:ets.insert(t, for(i <- 1..4, do: {i, i}))
seen = fn fold -> fold.(fn {key, _}, keys -> :ets.delete(t, key + 1); keys ++ [key] end, [], t) end
Oracle.show("foldl", seen.(&:ets.foldl/3))
Oracle.show("left", :ets.tab2list(t))
Oracle.show("foldr", :ets.foldr(fn object, keys -> if elem(object, 0) > 0, do: :ets.insert(t, {elem(object, 0) - 4, 0}); keys ++ [elem(object, 0)] end, [], t))
