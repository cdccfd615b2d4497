Code.require_file("support/oracle.ex", __DIR__)

children = [Oracle.worker(:a, %{}, %{trap: true}), Oracle.worker(:b)]

for reason <- [:normal, :boom] do
  parent =
    spawn(fn ->
      {:ok, _} = Supervisor.start_link(children, strategy: :one_for_one, name: :sup)
      receive(do: (:end -> exit(reason)))
    end)

  Oracle.show_messages("start", 2)
  Oracle.settle()
  ref = Process.monitor(:sup)
  send(parent, :end)
  Oracle.show_messages("message", 1)
  Oracle.show_reason("ended", Oracle.down(ref))
end
