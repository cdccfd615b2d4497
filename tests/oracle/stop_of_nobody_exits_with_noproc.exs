Code.require_file("support/oracle.ex", __DIR__)

{pid, ref} = spawn_monitor(fn -> :ok end)
Oracle.down(ref)
Oracle.show_reason("the dead", Oracle.caught(fn -> GenServer.stop(pid) end))
Oracle.show_reason("unknown name", Oracle.caught(fn -> GenServer.stop(:nobody, :shutdown, 100) end))
