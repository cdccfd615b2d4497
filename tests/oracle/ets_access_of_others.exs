Code.require_file("support/oracle.ex", __DIR__)

complaint = fn fun ->
  {:error, message} = Oracle.caught(fun)
  String.trim(message)
end

main = self()
owner =
  spawn(fn ->
    :ets.new(:private, [:named_table, :private])
    :ets.new(:protected, [:named_table])
    :ets.new(:public, [:named_table, :public])
    :ets.insert(:protected, {1, 2})
    send(main, :ready)
    Process.sleep(:infinity)
  end)
Oracle.show_messages("owner", 1)
Oracle.show("read protected", :ets.lookup(:protected, 1))
Oracle.show("write protected", complaint.(fn -> :ets.insert(:protected, {1, 3}) end))
Oracle.show("delete protected", complaint.(fn -> :ets.delete(:protected) end))
Oracle.show("count protected", complaint.(fn -> :ets.update_counter(:protected, 1, 1) end))
Oracle.show("read private", complaint.(fn -> :ets.lookup(:private, 1) end))
Oracle.show("list private", complaint.(fn -> :ets.tab2list(:private) end))
Oracle.show("first of private", complaint.(fn -> :ets.first(:private) end))
Oracle.show("size of private", :ets.info(:private, :size))
Oracle.show("write public", :ets.insert(:public, {1, 3}))
Oracle.show("delete public", :ets.delete(:public))
Oracle.show("give away", complaint.(fn -> :ets.give_away(:protected, self(), 1) end))
Oracle.show("owner", :ets.info(:private, :owner) == owner)
