Code.require_file("support/oracle.ex", __DIR__)

defmodule Asking do
  use GenServer
  def init(n), do: {:ok, n}
  def handle_cast({:ask, name}, n), do: {:noreply, GenServer.call(name, 1) + n}
end

Oracle.log_to_stderr()
{:ok, pid} = GenServer.start(Asking, 7)
GenServer.cast(pid, {:ask, :nobody})
Oracle.flush_log_of(pid)
