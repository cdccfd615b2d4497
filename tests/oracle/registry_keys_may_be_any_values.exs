Code.require_file("support/oracle.ex", __DIR__)

{:ok, _} = Registry.start_link(keys: :unique, name: R)
keys = [1, "text", {:room, 7}, %{a: [1, 2]}, true]
for key <- keys, do: {:ok, _} = Registry.register(R, key, key)
for key <- keys, do: Oracle.show("lookup", Registry.lookup(R, key))
Oracle.show("another", Registry.lookup(R, {:room, 8}))
Oracle.show("count", Registry.count(R))
