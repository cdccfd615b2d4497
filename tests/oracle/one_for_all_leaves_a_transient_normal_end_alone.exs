Code.require_file("support/oracle.ex", __DIR__)

children = [Oracle.worker(:a), Oracle.worker(:b, %{restart: :transient})]
{:ok, sup} = Supervisor.start_link(children, strategy: :one_for_all)
Oracle.show_messages("start", 2)
GenServer.cast(:b, {:stop, :normal})
Oracle.settle()
Oracle.show_mailbox("message")
Oracle.show("children", Supervisor.count_children(sup))
