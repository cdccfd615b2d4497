Code.require_file("support/oracle.ex", __DIR__)

Oracle.trap_exit()

for strategy <- [:one_for_all, :rest_for_one] do
  children = for id <- [:a, :b, :c], do: Oracle.worker(id, %{}, %{trap: true})
  {:ok, sup} = Supervisor.start_link(children, strategy: strategy, max_restarts: 1)
  Oracle.show_messages("start", 3)
  Supervisor.terminate_child(sup, :b)
  Oracle.show_mailbox("terminated")
  Supervisor.restart_child(sup, :b)
  Oracle.show_mailbox("restarted")
  Supervisor.terminate_child(sup, :c)
  Oracle.show_mailbox("terminated")
  GenServer.cast(:a, {:stop, :crash})
  Oracle.settle()
  Oracle.show_mailbox("after a crash")
  Supervisor.stop(sup)
  Oracle.show_mailbox("stopped")
end
