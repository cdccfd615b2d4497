Code.require_file("support/oracle.ex", __DIR__)

defmodule Bare do
  use GenServer
  def init(n), do: {:ok, n}
end

Oracle.log_to_stderr()
{:ok, pid} = GenServer.start(Bare, 7)
Oracle.caught(fn -> GenServer.call(pid, 1) end)
Oracle.flush_log_of(pid)
