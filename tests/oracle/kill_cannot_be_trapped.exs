Code.require_file("support/oracle.ex", __DIR__)

main = self()

{pid, ref} =
  spawn_monitor(fn ->
    Process.flag(:trap_exit, true)
    send(main, :ready)
    Process.sleep(:infinity)
  end)

Oracle.show_messages("message", 1)
Oracle.show("exit returns", Process.exit(pid, :kill))
Oracle.show_reason("ended", Oracle.down(ref))
