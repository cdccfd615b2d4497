Code.require_file("support/oracle.ex", __DIR__)

main = self()

victim =
  spawn(fn ->
    Process.flag(:trap_exit, true)
    send(main, :trapping)

    receive do
      :off -> Process.flag(:trap_exit, false)
    end

    receive do
      {:EXIT, _, reason} -> send(main, {:from_the_mailbox, reason})
    end

    Process.sleep(:infinity)
  end)

ref = Process.monitor(victim)
Oracle.show_messages("message", 1)
Process.exit(victim, :early)
send(victim, :off)
Oracle.show_messages("message", 1)
Process.exit(victim, :late)
Oracle.show("down", Oracle.down(ref))
