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

{pid, _} = other.(fn -> Registry.register(R, "key", :theirs) end)
{:ok, _} = Registry.register(R, "key", 1)
{:ok, _} = Registry.register(R, "key", 2)
{:ok, _} = Registry.register(R, "other", 3)
Oracle.show_result("unregister", Registry.unregister(R, "key"))
Oracle.show_result("again", Registry.unregister(R, "key"))
Oracle.show("lookup", Registry.lookup(R, "key"))
Oracle.show("keys", Registry.keys(R, self()))
finish.(pid)
