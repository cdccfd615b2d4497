Code.require_file("support/oracle.ex", __DIR__)

defmodule Slow do
  use GenServer
  def init(n), do: {:ok, n}

  def handle_call(:slow, _from, n) do
    Process.sleep(100)
    {:reply, :done, n + 1}
  end

  def handle_call(:count, _from, n), do: {:reply, n, n}
end

{:ok, slow} = GenServer.start_link(Slow, 0)
Oracle.show_reason("slow", Oracle.caught(fn -> GenServer.call(slow, :slow, 20) end))
Oracle.show("count", GenServer.call(slow, :count))
Oracle.show("slow", GenServer.call(slow, :slow, 1000))
