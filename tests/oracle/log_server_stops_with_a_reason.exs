Code.require_file("support/oracle.ex", __DIR__)

defmodule Stopping do
  use GenServer
  def init(n), do: {:ok, n}
  def handle_cast(reason, n), do: {:stop, reason, n}
end

Oracle.log_to_stderr()

for reason <- [:boom, {:bad, 3}] do
  {:ok, pid} = GenServer.start(Stopping, 7)
  GenServer.cast(pid, reason)
  Oracle.flush_log_of(pid)
end
