Code.require_file("support/oracle.ex", __DIR__)

t = :ets.new(:t, [:bag])
:ets.insert(t, [{1, 1}, {1, 2}, {2, 1}])
Oracle.show("take", Enum.sort(:ets.take(t, 1)))
Oracle.show("again", :ets.take(t, 1))
Oracle.show("left", :ets.tab2list(t))
