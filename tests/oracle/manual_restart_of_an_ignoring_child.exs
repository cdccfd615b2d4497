Code.require_file("support/oracle.ex", __DIR__)

defmodule Shy do
  use GenServer
  def start_link(_), do: GenServer.start_link(__MODULE__, nil)
  def init(_), do: :ignore
end

Oracle.trap_exit()
{:ok, sup} = Supervisor.start_link([Shy], strategy: :one_for_one)
Oracle.show_result("restart_child", Supervisor.restart_child(sup, Shy))
Oracle.show_result("start_child", Supervisor.start_child(sup, Shy))
Oracle.show_result("terminate_child", Supervisor.terminate_child(sup, Shy))
Oracle.show("count", Supervisor.count_children(sup))
temporary = %{id: :other, start: {Shy, :start_link, [nil]}, restart: :temporary}
Oracle.show_result("start_child", Supervisor.start_child(sup, temporary))
Oracle.show("count", Supervisor.count_children(sup))
