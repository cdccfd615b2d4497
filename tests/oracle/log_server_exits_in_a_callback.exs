Code.require_file("support/oracle.ex", __DIR__)

defmodule Leaving do
  use GenServer
  def init(n), do: {:ok, n}
  def handle_cast(reason, _), do: exit(reason)
end

Oracle.log_to_stderr()

for reason <- [:boom, :normal, :shutdown, {:shutdown, 1}] do
  {:ok, pid} = GenServer.start(Leaving, 7)
  GenServer.cast(pid, reason)
  Oracle.flush_log_of(pid)
end
