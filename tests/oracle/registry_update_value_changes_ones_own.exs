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

{:ok, _} = Registry.register(R, "key", 1)
{pid, _} = other.(fn -> Registry.register(R, "theirs", 1) end)
update = fn key -> case Registry.update_value(R, key, &(&1 + 1)) do {new, old} -> [new, old]; :error -> [nil, :error] end end
Oracle.show("mine", update.("key"))
Oracle.show("nobody's", List.last(update.("none")))
Oracle.show("theirs", List.last(update.("theirs")))
Oracle.show("lookup", Registry.lookup(R, "key"))
finish.(pid)
