Code.require_file("support/oracle.ex", __DIR__)

{pid, ref} = spawn_monitor(fn -> Process.sleep(:infinity) end)
Process.exit(pid, :normal)
Oracle.settle()
Oracle.show("alive", Process.alive?(pid))
Process.exit(pid, :enough)
Oracle.show_reason("ended", Oracle.down(ref))
