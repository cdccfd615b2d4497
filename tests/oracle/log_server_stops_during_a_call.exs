Code.require_file("support/oracle.ex", __DIR__)

defmodule Stopping do
  use GenServer
  def init(n), do: {:ok, n}
  def handle_call(reason, _from, n), do: {:stop, reason, n}
end

Oracle.log_to_stderr()
{:ok, pid} = GenServer.start(Stopping, 7)
Oracle.caught(fn -> GenServer.call(pid, :boom) end)
Oracle.flush_log_of(pid)
