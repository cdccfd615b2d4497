Code.require_file("support/oracle.ex", __DIR__)

{:ok, _} = Registry.start_link(keys: :duplicate, name: R)
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
{pid, _} = other.(fn -> Registry.register(R, "key", 2) end)
{:ok, _} = Registry.register(R, "key", 3)
Oracle.show("lookup", Registry.lookup(R, "key"))
Oracle.show("count", Registry.count(R))
Oracle.show("values", Registry.values(R, "key", self()))
Oracle.show("theirs", Registry.values(R, "key", pid))
Oracle.show("keys", Registry.keys(R, self()))
finish.(pid)
Oracle.settle()
Oracle.show("left", Registry.lookup(R, "key"))
