Code.require_file("support/oracle.ex", __DIR__)

{:ok, registry} = Registry.start_link(keys: :unique, name: Names)

refused = fn label, server ->
  Oracle.show(label, Oracle.caught(fn -> GenServer.call(server, :hello, 50) end))
end

refused.("a name", :nobody)
refused.("a name with its node", {:nobody, node()})
refused.("a via name", {:via, Registry, {Names, :nobody}})
Process.register(self(), :me)
refused.("my own name", :me)
refused.("my own name with its node", {:me, node()})
refused.("myself", self())
slow = spawn(fn -> Process.sleep(:infinity) end)
Process.register(slow, :slow)
refused.("too slow", :slow)
refused.("too slow, with its node", {:slow, node()})
Oracle.show("registry lives", Process.alive?(registry))
