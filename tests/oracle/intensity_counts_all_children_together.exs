Code.require_file("support/oracle.ex", __DIR__)

Oracle.trap_exit()
options = [strategy: :one_for_one, max_restarts: 2, max_seconds: 60]
{:ok, sup} = Supervisor.start_link(Enum.map([:a, :b, :c], &Oracle.worker/1), options)
Oracle.show("sup", sup)
Oracle.show_messages("start", 3)

for id <- [:a, :b] do
  GenServer.cast(id, {:stop, :boom})
  Oracle.show_messages("message", 2)
end

GenServer.cast(:c, {:stop, :boom})
Oracle.show_messages("message", 2)
