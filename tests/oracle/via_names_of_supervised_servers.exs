Code.require_file("support/oracle.ex", __DIR__)

defmodule Counter do
  use GenServer
  def init(n), do: {:ok, n}
  def handle_call(:get, _, n), do: {:reply, n, n}
  def handle_cast({:add, k}, n), do: {:noreply, n + k}
  def handle_info({:set, k}, _), do: {:noreply, k}
end
{:ok, _} = Registry.start_link(keys: :unique, name: R)
via = fn key -> {:via, Registry, {R, key}} end
children = for key <- [:a, :b], do: %{id: key, start: {GenServer, :start_link, [Counter, 1, [name: via.(key)]]}}
{:ok, sup} = Supervisor.start_link(children, strategy: :one_for_one, name: via.(:sup))
first = GenServer.whereis(via.(:a))
GenServer.cast(via.(:a), {:add, 5})
Oracle.show("before", GenServer.call(via.(:a), :get))
ref = Process.monitor(first)
Process.exit(first, :kill)
Oracle.show("down", Oracle.down(ref))
Oracle.settle()
Oracle.show("restarted", GenServer.whereis(via.(:a)) != first)
Oracle.show("after", GenServer.call(via.(:a), :get))
Oracle.show("supervisor", GenServer.whereis(via.(:sup)) == sup)
Oracle.show("children", Supervisor.count_children(via.(:sup)))
Oracle.show("keys", Enum.sort(Registry.select(R, [{{:"$1", :_, :_}, [], [:"$1"]}])))
