Code.require_file("support/oracle.ex", __DIR__)

{pid, ref} = spawn_monitor(fn -> exit(:boom) end)
Oracle.show_reason("ended", Oracle.down(ref))
Process.monitor(pid)
Oracle.show_messages("message", 1)
