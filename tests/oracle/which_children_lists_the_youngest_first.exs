Code.require_file("support/oracle.ex", __DIR__)

defmodule Inner do
  use Supervisor
  def start_link(_), do: Supervisor.start_link(__MODULE__, nil)
  def init(_), do: Supervisor.init([], strategy: :one_for_one)
end

children = [Oracle.worker(:a), Inner, Oracle.worker(:c, %{restart: :transient})]
{:ok, sup} = Supervisor.start_link(children, strategy: :one_for_one)
Oracle.show("a", Process.whereis(:a))
Oracle.show("children", Supervisor.which_children(sup))
Oracle.show("counts", Supervisor.count_children(sup))
GenServer.stop(:c)
Oracle.settle()
Supervisor.terminate_child(sup, :a)
Oracle.show("children", Supervisor.which_children(sup))
Oracle.show("counts", Supervisor.count_children(sup))
