Code.require_file("support/oracle.ex", __DIR__)

children = [Oracle.worker(:a), Oracle.worker(:b, %{restart: :temporary}), Oracle.worker(:c)]

for strategy <- [:one_for_all, :rest_for_one] do
  {:ok, sup} = Supervisor.start_link(children, strategy: strategy)
  Oracle.show_messages("start", 3)
  GenServer.cast(:b, {:stop, :boom})
  Oracle.settle()
  Oracle.show_mailbox("message")
  Oracle.show("children", Supervisor.count_children(sup))
  Supervisor.stop(sup)
  Oracle.show_mailbox("left")
end
