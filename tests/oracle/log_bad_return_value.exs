Code.require_file("support/oracle.ex", __DIR__)

defmodule Odd do
  use GenServer
  def init(n), do: {:ok, n}
  def handle_cast(_, _), do: {:odd, 42}
end

Oracle.log_to_stderr()
{:ok, pid} = GenServer.start(Odd, 7)
GenServer.cast(pid, 1)
Oracle.flush_log_of(pid)
