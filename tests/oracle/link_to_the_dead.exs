Code.require_file("support/oracle.ex", __DIR__)

{pid, ref} = spawn_monitor(fn -> :ok end)
Oracle.show_reason("ended", Oracle.down(ref))
Oracle.show("raises", Oracle.raises(fn -> Process.link(pid) end))
Oracle.trap_exit()
Oracle.show("link", Process.link(pid))
Oracle.show_messages("message", 1)
