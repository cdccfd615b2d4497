Code.require_file("support/oracle.ex", __DIR__)

Oracle.trap_exit()
children = [Oracle.worker(:a, %{}, %{trap: true}), Oracle.worker(:b)]
{:ok, sup} = Supervisor.start_link(children, strategy: :one_for_one, max_restarts: 0)
Oracle.show("sup", sup)
Oracle.show_messages("start", 2)
GenServer.cast(:b, {:stop, :boom})
Oracle.show_messages("message", 3)
