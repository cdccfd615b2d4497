Code.require_file("support/oracle.ex", __DIR__)

Process.register(self(), :listener)
{:ok, _} = Registry.start_link(keys: :duplicate, name: R, listeners: [:listener])
other = fn fun ->
  main = self()
  pid = spawn(fn -> send(main, {self(), fun.()}); receive do :stop -> :ok end end)
  receive do {^pid, result} -> {pid, result} end
end

finish = fn pid ->
  ref = Process.monitor(pid)
  send(pid, :stop)
  Oracle.down(ref)
end

{:ok, _} = Registry.register(R, "key", 1)
{:ok, _} = Registry.register(R, "key", 2)
Oracle.show_messages("message", 2)
:ok = Registry.unregister(R, "key")
:ok = Registry.unregister(R, "none")
Oracle.show_messages("message", 2)
{pid, _} = other.(fn -> Registry.register(R, {:a, 1}, %{b: 2}) end)
Oracle.show_messages("message", 1)
finish.(pid)
Oracle.settle()
Oracle.show_mailbox("after a death")
