Code.require_file("support/oracle.ex", __DIR__)

{pid, ref} = spawn_monitor(fn -> Process.sleep(:infinity) end)
Process.demonitor(ref)
witness = Process.monitor(pid)
Process.exit(pid, :boom)
Oracle.show_reason("witness", Oracle.down(witness))
Oracle.show_mailbox("left")
