Code.require_file("support/oracle.ex", __DIR__)

Oracle.trap_exit()
{:ok, _} = Worker.start_link(%{id: :server, main: self()})
GenServer.cast(:server, :crash)
Oracle.show_messages("message", 3)
