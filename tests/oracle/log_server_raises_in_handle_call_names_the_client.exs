Code.require_file("support/oracle.ex", __DIR__)

defmodule Fragile do
  use GenServer
  def init(n), do: {:ok, n}
  def handle_call(_, _, _), do: raise("boom")
end

Oracle.log_to_stderr()
{:ok, pid} = GenServer.start(Fragile, 7)
Oracle.caught(fn -> GenServer.call(pid, {:get, 1}) end)
Oracle.flush_log_of(pid)
