Code.require_file("support/oracle.ex", __DIR__)

Oracle.show("sent", send(self(), {:hello, 1}))
Oracle.show_mailbox("message")
{pid, ref} = spawn_monitor(fn -> :ok end)
Oracle.down(ref)
Oracle.show("sent to the dead", send(pid, :lost))
Oracle.show_mailbox("message")
