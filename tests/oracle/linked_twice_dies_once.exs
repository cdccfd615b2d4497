Code.require_file("support/oracle.ex", __DIR__)

Oracle.trap_exit()
pid = spawn_link(fn -> Process.sleep(:infinity) end)
Oracle.show("link", Process.link(pid))
Process.exit(pid, :boom)
Oracle.show_messages("message", 1)
Oracle.settle()
Oracle.show_mailbox("left")
