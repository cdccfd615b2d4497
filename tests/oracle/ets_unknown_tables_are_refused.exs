Code.require_file("support/oracle.ex", __DIR__)

complaint = fn fun ->
  {:error, message} = Oracle.caught(fun)
  String.trim(message)
end

Oracle.show("lookup", complaint.(fn -> :ets.lookup(:nope, 1) end))
Oracle.show("insert", complaint.(fn -> :ets.insert(:nope, {1}) end))
Oracle.show("delete", complaint.(fn -> :ets.delete(:nope) end))
Oracle.show("tab2list", complaint.(fn -> :ets.tab2list(:nope) end))
Oracle.show("member", complaint.(fn -> :ets.member(:nope, 1) end))
Oracle.show("first", complaint.(fn -> :ets.first(:nope) end))
Oracle.show("match", complaint.(fn -> :ets.match(:nope, :_) end))
Oracle.show("rename", complaint.(fn -> :ets.rename(:nope, :x) end))
Oracle.show("no name", complaint.(fn -> :ets.lookup(12, 1) end))
Oracle.show("info", :ets.info(:nope))
Oracle.show("size", :ets.info(:nope, :size))
Oracle.show("whereis", :ets.whereis(:nope))
