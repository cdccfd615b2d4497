Code.require_file("support/oracle.ex", __DIR__)

defmodule Counter do
  use GenServer
  def init(n), do: {:ok, n}
  def handle_call(:get, _, n), do: {:reply, n, n}
  def handle_cast({:add, k}, n), do: {:noreply, n + k}
  def handle_info({:set, k}, _), do: {:noreply, k}
end
{:ok, _} = Registry.start_link(keys: :duplicate, name: R)
name = {:via, Registry, {R, "key"}}
Oracle.show("whereis", Oracle.caught(fn -> GenServer.whereis(name) end))
Oracle.show("call", Oracle.caught(fn -> GenServer.call(name, :get) end))
