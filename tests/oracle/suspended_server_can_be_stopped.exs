Code.require_file("support/oracle.ex", __DIR__)

Oracle.trap_exit()

for stop <- [
      fn pid -> GenServer.stop(pid, :done) end,
      fn pid -> :sys.terminate(pid, :done) end,
      fn pid -> Process.exit(pid, :signal) end,
      fn pid -> Process.exit(pid, :kill) end
    ] do
  {:ok, pid} = GenServer.start(Worker, %{id: :child, main: self(), trap: true})
  :sys.suspend(pid)
  ref = Process.monitor(pid)
  GenServer.cast(pid, {:stop, :cast})
  stop.(pid)
  Oracle.settle()
  Oracle.show("alive", Process.alive?(pid))
  if Process.alive?(pid), do: :sys.resume(pid)
  Oracle.show("down", Oracle.down(ref))
  Oracle.show_mailbox("message")
end
