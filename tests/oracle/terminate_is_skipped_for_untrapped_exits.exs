Code.require_file("support/oracle.ex", __DIR__)

for reason <- [:boom, :shutdown, :kill] do
  {:ok, pid} = GenServer.start(Worker, %{id: :server, main: self()})
  Oracle.show_messages("message", 1)
  ref = Process.monitor(pid)
  Process.exit(pid, reason)
  Oracle.show_reason("ended", Oracle.down(ref))
  Oracle.show_mailbox("message")
end
