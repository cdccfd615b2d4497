Code.require_file("support/oracle.ex", __DIR__)

Oracle.trap_exit()

inner = fn max ->
  %{
    id: :inner,
    type: :supervisor,
    start: {Supervisor, :start_link, [[Oracle.worker(:a)], [strategy: :one_for_one, max_restarts: max, name: :inner]]}
  }
end

{:ok, outer} = Supervisor.start_link([inner.(1)], strategy: :one_for_one)
Oracle.show_messages("start", 1)
Oracle.show("inner", Process.whereis(:inner))

for _ <- 1..2 do
  GenServer.cast(:a, {:stop, :boom})
  Oracle.show_messages("message", 2)
  Oracle.settle()
  Oracle.show("inner", Process.whereis(:inner))
end

Oracle.show("counts", Supervisor.count_children(outer))
