Code.require_file("support/oracle.ex", __DIR__)

defmodule Clumsy do
  use GenServer
  def init(n), do: {:ok, n}
  def terminate(_, _), do: raise("boom")
end

Oracle.log_to_stderr()
{:ok, pid} = GenServer.start(Clumsy, 7)
Oracle.caught(fn -> GenServer.stop(pid) end)
Oracle.flush_log_of(pid)
