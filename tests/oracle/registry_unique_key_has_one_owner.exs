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

{:ok, _} = Registry.register(R, "key", :mine)
Oracle.show_result("again", Registry.register(R, "key", :again))
{_, result} = other.(fn -> Registry.register(R, "key", :theirs) end)
Oracle.show_result("another", result)
Oracle.show("lookup", Registry.lookup(R, "key"))
