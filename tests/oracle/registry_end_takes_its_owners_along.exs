Code.require_file("support/oracle.ex", __DIR__)

{:ok, _} = Registry.start_link(keys: :unique, name: R)
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

Oracle.trap_exit()
{pid, _} = other.(fn -> Registry.register(R, "key", 1) end)
{freed, _} = other.(fn -> Registry.register(R, "other", 1); Registry.unregister(R, "other") end)
ref = Process.monitor(pid)
Process.exit(Process.whereis(R), :kill)
Oracle.show("owner", Oracle.down(ref))
Oracle.show("unregistered", Process.alive?(freed))
Oracle.show("lookup", Oracle.caught(fn -> Registry.lookup(R, "key") end))
