Code.require_file("support/oracle.ex", __DIR__)

defmodule Fragile do
  use GenServer
  def start_link(n), do: GenServer.start_link(__MODULE__, n)
  def init(n), do: {:ok, n}
  def handle_cast(_, _), do: raise("boom")
end

Oracle.log_to_stderr()
{:ok, sup} = Supervisor.start_link([{Fragile, 7}], strategy: :one_for_one)
[{_, pid, _, _}] = Supervisor.which_children(sup)
GenServer.cast(pid, 1)
Oracle.flush_log_of(pid)
