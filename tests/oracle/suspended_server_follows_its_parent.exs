Code.require_file("support/oracle.ex", __DIR__)

main = self()

parent = fn trap ->
  spawn(fn ->
    {:ok, pid} = GenServer.start_link(Worker, %{id: :child, main: main, trap: trap})
    :sys.suspend(pid)
    send(main, {:child, pid})
    receive do
      reason -> exit(reason)
    end
  end)
end

for trap <- [true, false], reason <- [:normal, :shutdown, :crash] do
  pid = parent.(trap)
  Oracle.show_messages("message", 1)
  child = receive do {:child, child} -> child end
  ref = Process.monitor(child)
  send(pid, reason)
  Oracle.settle()
  Oracle.show("alive", Process.alive?(child))
  Process.exit(child, :kill)
  Oracle.show("down", Oracle.down(ref))
  Oracle.show_mailbox("message")
end
