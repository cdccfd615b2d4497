Code.require_file("support/oracle.ex", __DIR__)

defmodule Failing do
  use GenServer
  def start_link(reason), do: GenServer.start_link(__MODULE__, reason)
  def init(:ignore), do: :ignore
  def init(reason), do: {:stop, reason}
end

child = fn reason, restart -> %{id: reason, start: {Failing, :start_link, [reason]}, restart: restart} end
{:ok, sup} = Supervisor.start_link([], strategy: :one_for_one)
{:error, {reason, _child}} = Supervisor.start_child(sup, child.(:no_disk, :permanent))
Oracle.show("reason", reason)
Oracle.show("counts", Supervisor.count_children(sup))
Oracle.show("ignore", Supervisor.start_child(sup, child.(:ignore, :permanent)) == {:ok, :undefined})
Oracle.show("children", Supervisor.which_children(sup))
