Code.require_file("support/oracle.ex", __DIR__)

pid = spawn(fn -> Process.sleep(:infinity) end)
Process.register(pid, :taken)
Oracle.show("taken name", Oracle.raises(fn -> Process.register(self(), :taken) end))
Oracle.show("second name", Oracle.raises(fn -> Process.register(pid, :other) end))
{dead, ref} = spawn_monitor(fn -> :ok end)
Oracle.down(ref)
Oracle.show("the dead", Oracle.raises(fn -> Process.register(dead, :dead) end))
