Code.require_file("support/oracle.ex", __DIR__)

main = self()

for reason <- [:normal, :shutdown, :boom] do
  parent =
    spawn(fn ->
      {:ok, _} = Worker.start_link(%{id: :server, main: main, trap: true})
      receive(do: (:end -> exit(reason)))
    end)

  Oracle.show_messages("message", 1)
  ref = Process.monitor(:server)
  send(parent, :end)
  Oracle.show_messages("message", 1)
  Oracle.show_reason("ended", Oracle.down(ref))
end
