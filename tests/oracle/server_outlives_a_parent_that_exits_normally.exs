Code.require_file("support/oracle.ex", __DIR__)

main = self()

{_, ref} =
  spawn_monitor(fn ->
    {:ok, _} = Worker.start_link(%{id: :server, main: main})
  end)

Oracle.show_messages("message", 1)
Oracle.show_reason("parent", Oracle.down(ref))
Oracle.settle()
Oracle.show("server", GenServer.call(:server, :ping))
