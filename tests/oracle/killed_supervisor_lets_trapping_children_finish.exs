Code.require_file("support/oracle.ex", __DIR__)

Oracle.trap_exit()
children = [Oracle.worker(:untrapping), Oracle.worker(:trapping, %{}, %{trap: true})]
{:ok, sup} = Supervisor.start_link(children, strategy: :one_for_one)
refs = for id <- [:untrapping, :trapping], do: Process.monitor(Process.whereis(id))
Process.exit(sup, :kill)
for ref <- refs, do: Oracle.show("down", Oracle.down(ref))
Oracle.settle()
Oracle.show_mailbox("message")
