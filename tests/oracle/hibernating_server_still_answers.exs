Code.require_file("support/oracle.ex", __DIR__)

defmodule Sleepy do
  use GenServer
  def init(n), do: {:ok, n, :hibernate}
  def handle_call(:get, _from, n), do: {:reply, n, n, :hibernate}
  def handle_cast({:add, m}, n), do: {:noreply, n + m, :hibernate}
end

{:ok, pid} = GenServer.start_link(Sleepy, 1)
Oracle.show("get", GenServer.call(pid, :get))
GenServer.cast(pid, {:add, 2})
Oracle.show("get", GenServer.call(pid, :get))
