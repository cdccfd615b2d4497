Code.require_file("support/oracle.ex", __DIR__)

main = self()

{pid, ref} =
  spawn_monitor(fn ->
    spawn_link(fn -> exit(:normal) end)
    Oracle.settle()
    send(main, :still_here)
  end)

Oracle.show_messages("message", 1)
Oracle.show_reason("ended", Oracle.down(ref))
Oracle.show("alive", Process.alive?(pid))
