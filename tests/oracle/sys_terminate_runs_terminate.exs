Code.require_file("support/oracle.ex", __DIR__)

Oracle.trap_exit()
{:ok, pid} = Worker.start_link(%{id: :server, main: self()})
Oracle.show_result("terminate", :sys.terminate(pid, :shutdown))
Oracle.show_messages("message", 3)
