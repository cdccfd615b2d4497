Code.require_file("support/oracle.ex", __DIR__)

defmodule Bare do
  use GenServer
  def init(n), do: {:ok, n}
end

Oracle.log_to_stderr()
{:ok, pid} = GenServer.start(Bare, 7)
GenServer.cast(pid, 1)
Oracle.flush_log_of(pid)
