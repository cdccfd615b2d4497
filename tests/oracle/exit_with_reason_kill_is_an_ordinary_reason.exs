Code.require_file("support/oracle.ex", __DIR__)

Oracle.trap_exit()
spawn_link(fn -> exit(:kill) end)
Oracle.show_messages("trapped", 1)

{_, ref} =
  spawn_monitor(fn ->
    spawn_link(fn -> exit(:kill) end)
    Process.sleep(:infinity)
  end)

Oracle.show_reason("linked and not trapping", Oracle.down(ref))
