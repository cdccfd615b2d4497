Code.require_file("support/oracle.ex", __DIR__)

{:ok, _} = Registry.start_link(keys: :unique, name: R)
links = fn -> {:links, l} = Process.info(self(), :links); length(l) end
before = links.()
{:ok, owner} = Registry.register(R, "a", 1)
{:ok, _} = Registry.register(R, "b", 1)
{:links, l} = Process.info(self(), :links)
Oracle.show("linked", owner in l)
Registry.unregister(R, "a")
{:links, l} = Process.info(self(), :links)
Oracle.show("still", owner in l)
