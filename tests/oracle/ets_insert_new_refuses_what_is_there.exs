Code.require_file("support/oracle.ex", __DIR__)

t = :ets.new(:t, [])
Oracle.show("first", :ets.insert_new(t, {1, :a}))
Oracle.show("second", :ets.insert_new(t, {1, :b}))
Oracle.show("one of a list", :ets.insert_new(t, [{2, :c}, {1, :d}]))
Oracle.show("list", :ets.insert_new(t, [{2, :c}, {3, :d}]))
Oracle.show("all", Enum.sort(:ets.tab2list(t)))
