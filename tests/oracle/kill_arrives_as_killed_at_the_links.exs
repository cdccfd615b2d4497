Code.require_file("support/oracle.ex", __DIR__)

Oracle.trap_exit()
pid = spawn_link(fn -> Process.sleep(:infinity) end)
Process.exit(pid, :kill)
Oracle.show_messages("message", 1)
