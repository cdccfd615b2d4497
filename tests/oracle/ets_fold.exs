Code.require_file("support/oracle.ex", __DIR__)

t = :ets.new(:t, [:ordered_set])
:ets.insert(t, [{1, 10}, {2, 20}, {3, 30}])
Oracle.show("sum", :ets.foldl(fn {_, n}, sum -> sum + n end, 0, t))
Oracle.show("from the left", :ets.foldl(fn {k, _}, text -> "#{text}#{k}" end, "", t))
Oracle.show("from the right", :ets.foldr(fn {k, _}, text -> "#{text}#{k}" end, "", t))
