Code.require_file("support/oracle.ex", __DIR__)

main = self()

victim =
  spawn(fn ->
    Process.flag(:trap_exit, true)
    send(main, :ready)

    receive do
      :look ->
        receive do
          {:EXIT, _, reason} -> send(main, {:trapped, reason})
        end
    end

    Process.sleep(:infinity)
  end)

ref = Process.monitor(victim)
Oracle.show_messages("message", 1)
Process.exit(victim, :one)
Process.exit(victim, :two)
send(victim, :look)
Oracle.show_messages("message", 1)
Process.exit(victim, :kill)
Process.exit(victim, :three)
Oracle.show("down", Oracle.down(ref))
