Code.require_file("support/oracle.ex", __DIR__)

t = :ets.new(:t, [:ordered_set])
Oracle.show("insert", :ets.insert(t, [{"b", 1}, {2, 2}, {{1, 2}, 3}, {"a", 4}, {1.5, 5}, {{1, 1}, 6}, {{9}, 7}]))
Oracle.show("numbers", :ets.next(t, 0))
Oracle.show("tuples by size", :ets.next(t, {0}))
Oracle.show("tuples by element", :ets.next(t, {1, 1}))
Oracle.show("strings", :ets.next(t, "a"))
