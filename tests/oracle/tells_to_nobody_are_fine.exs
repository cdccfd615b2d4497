Code.require_file("support/oracle.ex", __DIR__)

Oracle.trap_exit()
dead = spawn(fn -> :ok end)
Oracle.settle()
Oracle.show_result("cast to the dead", GenServer.cast(dead, :hello))
Oracle.show_result("cast to an unknown name", GenServer.cast(:nobody, :hello))
Oracle.show_result("reply to the dead", GenServer.reply({dead, make_ref()}, :hello))
