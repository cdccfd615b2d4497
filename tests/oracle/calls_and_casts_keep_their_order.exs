Code.require_file("support/oracle.ex", __DIR__)

defmodule Counter do
  use GenServer
  def init(n), do: {:ok, n}
  def handle_call(:get, _from, n), do: {:reply, n, n}
  def handle_call({:add, m}, _from, n), do: {:reply, :ok, n + m}
  def handle_cast({:add, m}, n), do: {:noreply, n + m}
end

{:ok, counter} = GenServer.start_link(Counter, 1)
Oracle.show_result("call", GenServer.call(counter, :get))
Oracle.show_result("cast", GenServer.cast(counter, {:add, 10}))
Oracle.show_result("call", GenServer.call(counter, :get))
Oracle.show("reply", GenServer.call(counter, {:add, 100}))
for _ <- 1..5, do: GenServer.cast(counter, {:add, 1})
Oracle.show_result("call", GenServer.call(counter, :get))
