Code.require_file("support/oracle.ex", __DIR__)

complaint = fn fun ->
  {:error, message} = Oracle.caught(fun)
  String.trim(message)
end

Oracle.show("new", :ets.new(:old, [:named_table]))
:ets.insert(:old, {1, 2})
Oracle.show("rename", :ets.rename(:old, :new))
Oracle.show("lookup", :ets.lookup(:new, 1))
Oracle.show("old", :ets.whereis(:old))
:ets.new(:third, [:named_table])
Oracle.show("taken", complaint.(fn -> :ets.rename(:new, :third) end))
Oracle.show("number", complaint.(fn -> :ets.rename(:new, 5) end))
