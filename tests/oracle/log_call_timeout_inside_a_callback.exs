Code.require_file("support/oracle.ex", __DIR__)

defmodule Asking do
  use GenServer
  def init(n), do: {:ok, n}
  def handle_cast({:ask, pid}, n), do: {:noreply, GenServer.call(pid, 1, 20) + n}
end

Oracle.log_to_stderr()
silent = spawn(fn -> Process.sleep(:infinity) end)
{:ok, pid} = GenServer.start(Asking, 7)
GenServer.cast(pid, {:ask, silent})
Oracle.flush_log_of(pid)
