Code.require_file("support/oracle.ex", __DIR__)

complaint = fn fun ->
  {:error, message} = Oracle.caught(fun)
  String.trim(message)
end

main = self()
other =
  spawn(fn ->
    receive do
      {:"ETS-TRANSFER", table, from, data} ->
        :ets.insert(table, {2, 2})
        send(main, {table, from, data, :ets.tab2list(table) |> Enum.sort()})
        Process.sleep(:infinity)
    end
  end)
:ets.new(:gift, [:named_table])
:ets.insert(:gift, {1, 1})
Oracle.show("give", :ets.give_away(:gift, other, :yours))
Oracle.show_messages("message", 1)
Oracle.show("owner", :ets.info(:gift, :owner) == other)
Oracle.show("write", complaint.(fn -> :ets.insert(:gift, {3, 3}) end))
