Code.require_file("support/oracle.ex", __DIR__)

Oracle.trap_exit()
{:ok, sup} = Supervisor.start_link([Oracle.worker(:a)], strategy: :one_for_one, max_restarts: 1)

for _ <- 1..4 do
  Oracle.show_result("terminate_child", Supervisor.terminate_child(sup, :a))
  {:ok, _} = Supervisor.restart_child(sup, :a)
end

GenServer.cast(:a, {:stop, :boom})
Oracle.settle()
Oracle.show("alive", Process.alive?(sup))
