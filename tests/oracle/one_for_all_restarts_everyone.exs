Code.require_file("support/oracle.ex", __DIR__)

children = for id <- [:a, :b, :c], do: Oracle.worker(id, %{}, %{trap: true})
{:ok, sup} = Supervisor.start_link(children, strategy: :one_for_all)
Oracle.show_messages("start", 3)
GenServer.cast(:b, {:stop, :boom})
Oracle.show_messages("message", 6)
Oracle.show("children", Supervisor.count_children(sup))
