Code.require_file("support/oracle.ex", __DIR__)

{:ok, sup} = DynamicSupervisor.start_link(strategy: :one_for_one, max_restarts: 100)

for reason <- [:normal, :shutdown, {:shutdown, :done}, :oops, :kill] do
  {:ok, pid} = DynamicSupervisor.start_child(sup, Oracle.worker(:a, %{restart: :transient, modules: [Worker]}))
  Oracle.show_messages("message", 1)
  ref = Process.monitor(pid)
  if reason == :kill, do: Process.exit(pid, :kill), else: GenServer.cast(pid, {:stop, reason})
  Oracle.down(ref)
  Oracle.settle()
  Oracle.show("count", DynamicSupervisor.count_children(sup))
  Oracle.show_mailbox("message")
  for {_, pid, _, _} <- DynamicSupervisor.which_children(sup), do: DynamicSupervisor.terminate_child(sup, pid)
  Oracle.show_mailbox("stop")
end
