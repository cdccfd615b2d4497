Code.require_file("support/oracle.ex", __DIR__)

defmodule Mirror do
  use GenServer
  def init(_), do: {:ok, 0}

  def handle_call(:look, _from, n) do
    {:reply, Oracle.caught(fn -> GenServer.call(self(), :look) end), n}
  end
end

{:ok, mirror} = GenServer.start_link(Mirror, nil)
Oracle.show_reason("pid", GenServer.call(mirror, :look))
Oracle.show_reason("by the main process", Oracle.caught(fn -> GenServer.call(self(), :look) end))
