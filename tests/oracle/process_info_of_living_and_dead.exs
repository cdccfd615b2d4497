Code.require_file("support/oracle.ex", __DIR__)

main = self()

{pid, ref} =
  spawn_monitor(fn ->
    Process.put(:color, :red)
    send(main, :ready)
    receive(do: (:end -> :ok))
  end)

Oracle.show_messages("message", 1)
for n <- 1..3, do: send(pid, n)
Oracle.settle()

for key <- [:message_queue_len, :messages, :links, :monitored_by, :trap_exit, :dictionary] do
  Oracle.show(key, Process.info(pid, key) |> elem(1))
end

Oracle.show("status", Process.info(pid, :status) |> elem(1))
Oracle.show("own status", Process.info(self(), :status) |> elem(1))
send(pid, :end)
Oracle.show_reason("ended", Oracle.down(ref))
Oracle.show("info of the dead", Process.info(pid))
Oracle.show("one key of the dead", Process.info(pid, :links))
