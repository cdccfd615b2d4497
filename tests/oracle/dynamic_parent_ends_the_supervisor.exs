Code.require_file("support/oracle.ex", __DIR__)

main = self()

parent =
  spawn(fn ->
    {:ok, sup} = DynamicSupervisor.start_link(strategy: :one_for_one)
    {:ok, _} = DynamicSupervisor.start_child(sup, Oracle.worker(:a, %{}, %{trap: true, main: main}))
    send(main, {:sup, sup})
    receive(do: (:go -> :ok))
  end)

Oracle.show_messages("message", 1)
sup = receive(do: ({:sup, sup} -> sup))
ref = Process.monitor(sup)
send(parent, :go)
Oracle.show_reason("down", Oracle.down(ref))
Oracle.show_messages("message", 1)
