Code.require_file("support/oracle.ex", __DIR__)

defmodule Counter do
  use GenServer
  def init(n), do: {:ok, n}
  def handle_call(:get, _, n), do: {:reply, n, n}
  def handle_cast({:add, k}, n), do: {:noreply, n + k}
  def handle_info({:set, k}, _), do: {:noreply, k}
end
{:ok, _} = Registry.start_link(keys: :unique, name: R)
{:ok, pid} = GenServer.start_link(Counter, 1, name: {:via, Registry, {R, "counter", :extra}})
Oracle.show("lookup", Registry.lookup(R, "counter") == [{pid, :extra}])
Oracle.show("values", Registry.values(R, "counter", pid))
Oracle.show("call", GenServer.call({:via, Registry, {R, "counter"}}, :get))
