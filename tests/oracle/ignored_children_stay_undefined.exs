Code.require_file("support/oracle.ex", __DIR__)

defmodule Shy do
  use GenServer
  def start_link(_), do: GenServer.start_link(__MODULE__, nil)
  def init(_), do: :ignore
end

children = [
  Supervisor.child_spec({Shy, nil}, id: :kept),
  Supervisor.child_spec({Shy, nil}, id: :dropped, restart: :temporary)
]

{:ok, sup} = Supervisor.start_link(children, strategy: :one_for_one)
Oracle.show("children", Supervisor.which_children(sup))
Oracle.show("counts", Supervisor.count_children(sup))
Oracle.show_result("restart_child", Supervisor.restart_child(sup, :dropped))
