Code.require_file("support/oracle.ex", __DIR__)

{pid, ref} = spawn_monitor(fn -> Process.sleep(:infinity) end)
Process.register(pid, :name)
Process.exit(pid, :boom)
Oracle.show_reason("ended", Oracle.down(ref))
Oracle.show("whereis", Process.whereis(:name))
Oracle.show("register", Process.register(self(), :name))
