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

{pid, _} = other.(fn -> Registry.register(R, "key", 1) end)
Oracle.show("held", Registry.lookup(R, "key"))
ref = Process.monitor(pid)
Process.exit(pid, :kill)
Oracle.show("down", Oracle.down(ref))
Oracle.show("gone", Registry.lookup(R, "key"))
Oracle.show("whereis", Registry.whereis_name({R, "key"}) == :undefined)
{:ok, _} = Registry.register(R, "key", 2)
Oracle.settle()
Oracle.show("mine", Registry.lookup(R, "key"))
Oracle.show("count", Registry.count(R))
