Code.require_file("support/oracle.ex", __DIR__)

Oracle.trap_exit()
options = [strategy: :one_for_one, max_restarts: 1, max_seconds: 1]
{:ok, sup} = Supervisor.start_link([Oracle.worker(:a)], options)
Oracle.show_messages("start", 1)

for _ <- 1..3 do
  GenServer.cast(:a, {:stop, :boom})
  Oracle.show_messages("message", 2)
  Process.sleep(2200)
end

Oracle.show("alive", Process.alive?(sup))
