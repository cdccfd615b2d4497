Code.require_file("support/oracle.ex", __DIR__)

defmodule Counter do
  use GenServer
  def init(n), do: {:ok, n}
  def handle_call(:get, _, n), do: {:reply, n, n}
  def handle_cast({:add, k}, n), do: {:noreply, n + k}
  def handle_info({:set, k}, _), do: {:noreply, k}
end
{:ok, _} = Registry.start_link(keys: :unique, name: R)
name = {:via, Registry, {R, "counter"}}
{:ok, pid} = GenServer.start_link(Counter, 1, name: name)
Oracle.show("whereis", GenServer.whereis(name) == pid)
Oracle.show("call", GenServer.call(name, :get))
Oracle.show_result("cast", GenServer.cast(name, {:add, 2}))
Oracle.show("call", GenServer.call(name, :get))
Registry.send({R, "counter"}, {:set, 9})
Oracle.show("call", GenServer.call(name, :get))
Oracle.show_result("second", GenServer.start_link(Counter, 1, name: name))
Oracle.show("lookup", Registry.lookup(R, "counter") == [{pid, nil}])
Oracle.show_result("stop", GenServer.stop(name))
Oracle.show("gone", GenServer.whereis(name))
{:ok, _} = GenServer.start_link(Counter, 5, name: name)
Oracle.show("anew", GenServer.call(name, :get))
