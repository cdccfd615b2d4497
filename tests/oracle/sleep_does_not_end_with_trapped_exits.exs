Code.require_file("support/oracle.ex", __DIR__)

main = self()

sleeper =
  spawn(fn ->
    Process.flag(:trap_exit, true)
    send(main, :asleep)
    Process.sleep(100)
    send(main, :awake)
    receive do
      {:EXIT, from, reason} -> send(main, {:later, from == main, reason})
    end
  end)

ref = Process.monitor(sleeper)
Oracle.show_messages("message", 1)
Process.exit(sleeper, :early)
send(sleeper, :other)
Oracle.show("queue", Process.info(sleeper, :message_queue_len) |> elem(1))
Oracle.show_messages("message", 2)
Oracle.show("down", Oracle.down(ref))
