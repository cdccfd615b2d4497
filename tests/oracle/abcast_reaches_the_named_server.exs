Code.require_file("support/oracle.ex", __DIR__)

defmodule Store do
  use GenServer
  def init(n), do: {:ok, n}
  def handle_call(:get, _from, n), do: {:reply, n, n}
  def handle_cast({:put, value}, _), do: {:noreply, value}
end

GenServer.start_link(Store, 7, name: :store)
Oracle.show("abcast", GenServer.abcast(:store, {:put, 8}))
Oracle.show("state", GenServer.call(:store, :get))
Oracle.show("abcast to this node", GenServer.abcast([node()], :store, {:put, 9}))
Oracle.show("state", GenServer.call(:store, :get))
Oracle.show("abcast to no node", GenServer.abcast([], :store, {:put, 10}))
Oracle.show("state", GenServer.call(:store, :get))
Oracle.show("abcast to nobody", GenServer.abcast(:nobody, {:put, 10}))
