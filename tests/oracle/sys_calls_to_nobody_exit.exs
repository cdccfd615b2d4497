Code.require_file("support/oracle.ex", __DIR__)

{pid, ref} = spawn_monitor(fn -> :ok end)
Oracle.down(ref)
Oracle.show_reason("get_state", Oracle.caught(fn -> :sys.get_state(pid) end))
