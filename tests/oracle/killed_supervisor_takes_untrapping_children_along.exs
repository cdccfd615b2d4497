Code.require_file("support/oracle.ex", __DIR__)

Oracle.trap_exit()
children = [Oracle.worker(:a), Oracle.worker(:b, %{}, %{trap: true})]
{:ok, sup} = Supervisor.start_link(children, strategy: :one_for_one)
Oracle.show_messages("start", 2)
refs = for id <- [:a, :b], do: Process.monitor(id)
Oracle.show("sup", sup)
Process.exit(sup, :kill)
for ref <- refs, do: Oracle.show_reason("ended", Oracle.down(ref))
Oracle.settle()

terminated = fn ->
  receive do
    {:terminate, _, _} = message -> message
  end
end

Oracle.show("terminate", terminated.())
Oracle.show_mailbox("message")
