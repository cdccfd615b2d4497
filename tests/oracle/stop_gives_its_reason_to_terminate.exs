Code.require_file("support/oracle.ex", __DIR__)

Oracle.trap_exit()

for reason <- [:normal, :shutdown, {:shutdown, :done}, :boom] do
  {:ok, pid} = Worker.start_link(%{id: :server, main: self()})
  Oracle.show_result("stop", GenServer.stop(pid, reason))
  Oracle.settle()
  Oracle.show_mailbox("message")
end
