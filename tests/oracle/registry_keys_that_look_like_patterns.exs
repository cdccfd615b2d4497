Code.require_file("support/oracle.ex", __DIR__)
Oracle.trap_exit()

for keys <- [:unique, :duplicate] do
  {:ok, sup} = Registry.start_link(keys: keys, name: R)
  {:ok, _} = Registry.register(R, :_, :foo)
  {:ok, _} = Registry.register(R, "hello", "b")
  {:ok, _} = Registry.register(R, :"$1", {:a, 1})
  Oracle.show("only that key", Registry.lookup(R, :_) |> length())
  Oracle.show("match", Registry.match(R, :_, :_) |> length())
  Oracle.show_result("unregister_match", Registry.unregister_match(R, :_, :other))
  Oracle.show("stays", Registry.lookup(R, :_) |> length())
  Registry.unregister_match(R, :_, :foo)
  Oracle.show("keys", Registry.keys(R, self()) |> Enum.sort())
  Oracle.show("unregister", Registry.unregister(R, :"$1"))
  Oracle.show("keys", Registry.keys(R, self()))
  Oracle.show("count", Registry.count(R))
  Supervisor.stop(sup)
end
