Code.require_file("support/oracle.ex", __DIR__)

complaint = fn fun ->
  {:error, message} = Oracle.caught(fun)
  String.trim(message)
end

t = :ets.new(:t, [:ordered_set])
:ets.insert(t, [{1, :a}, {2, :b}])
Oracle.show("0", :ets.slot(t, 0))
Oracle.show("1", :ets.slot(t, 1))
Oracle.show("2", :ets.slot(t, 2))
Oracle.show("3", complaint.(fn -> :ets.slot(t, 3) end))
Oracle.show("-1", complaint.(fn -> :ets.slot(t, -1) end))
