Code.require_file("support/oracle.ex", __DIR__)

Oracle.trap_exit()
children = for id <- [:a, :b, :c], do: Oracle.worker(id, %{restart: :transient})
{:ok, sup} = Supervisor.start_link(children, strategy: :one_for_one, max_restarts: 0)
Oracle.show_messages("start", 3)
for id <- [:a, :b, :c], do: GenServer.stop(id, :shutdown)
Oracle.show_messages("message", 3)
Oracle.show("children", Supervisor.count_children(sup))
