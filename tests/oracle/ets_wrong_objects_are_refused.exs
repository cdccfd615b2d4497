Code.require_file("support/oracle.ex", __DIR__)

complaint = fn fun ->
  {:error, message} = Oracle.caught(fun)
  String.trim(message)
end

t = :ets.new(:t, [])
Oracle.show("number", complaint.(fn -> :ets.insert(t, 1) end))
Oracle.show("empty", complaint.(fn -> :ets.insert(t, {}) end))
Oracle.show("insert_new", complaint.(fn -> :ets.insert_new(t, 3) end))
Oracle.show("delete_object", complaint.(fn -> :ets.delete_object(t, 1) end))
Oracle.show("next", complaint.(fn -> :ets.next(t, :zz) end))
Oracle.show("prev", complaint.(fn -> :ets.prev(t, :zz) end))
Oracle.show("info", complaint.(fn -> :ets.info(t, :foo) end))
