Code.require_file("support/oracle.ex", __DIR__)

Oracle.trap_exit()
{:ok, sup} = Supervisor.start_link([Oracle.worker(:a)], strategy: :one_for_one)
Oracle.show("sup", sup)
Oracle.show_messages("start", 1)

for _ <- 1..3 do
  GenServer.cast(:a, {:stop, :boom})
  Oracle.show_messages("message", 2)
end

Oracle.show("alive", Process.alive?(sup))
GenServer.cast(:a, {:stop, :boom})
Oracle.show_messages("message", 2)
Oracle.show("alive", Process.alive?(sup))
