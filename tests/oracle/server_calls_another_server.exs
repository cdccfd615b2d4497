Code.require_file("support/oracle.ex", __DIR__)

defmodule Relay do
  use GenServer
  def init(next), do: {:ok, next}
  def handle_call({:add, n}, _from, nil), do: {:reply, n, nil}
  def handle_call({:add, n}, _from, next), do: {:reply, GenServer.call(next, {:add, n + 1}), next}
end

{:ok, last} = GenServer.start_link(Relay, nil)
{:ok, middle} = GenServer.start_link(Relay, last)
{:ok, first} = GenServer.start_link(Relay, middle)
Oracle.show("answer", GenServer.call(first, {:add, 40}))
