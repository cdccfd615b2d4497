Code.require_file("support/oracle.ex", __DIR__)

defmodule Server do
  use GenServer
  def init(n), do: {:ok, n}
end

{:ok, pid} = GenServer.start(Server, 1, name: :known)
{:ok, _} = Registry.start_link(keys: :unique, name: Names)
{:ok, other} = GenServer.start(Server, 2, name: {:via, Registry, {Names, "key"}})
Oracle.show("pid", GenServer.whereis(pid) == pid)
Oracle.show("name", GenServer.whereis(:known) == pid)
Oracle.show("node", GenServer.whereis({:known, node()}) == pid)
Oracle.show("via", GenServer.whereis({:via, Registry, {Names, "key"}}) == other)
Oracle.show("unknown", GenServer.whereis(:unknown))
Oracle.show("via nobody", GenServer.whereis({:via, Registry, {Names, "nobody"}}))
