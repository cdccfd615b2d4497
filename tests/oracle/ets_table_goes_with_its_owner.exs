Code.require_file("support/oracle.ex", __DIR__)

main = self()
{owner, ref} =
  spawn_monitor(fn ->
    t = :ets.new(:gone, [:named_table, :public])
    :ets.insert(t, {1, 2})
    send(main, :ets.lookup(:gone, 1))
    exit(:enough)
  end)
Oracle.show_messages("message", 1)
Oracle.show("reason", Oracle.down(ref))
Oracle.show("dead", Process.alive?(owner))
Oracle.show("info", :ets.info(:gone))
Oracle.show("whereis", :ets.whereis(:gone))
Oracle.show("name is free", :ets.new(:gone, [:named_table]))
