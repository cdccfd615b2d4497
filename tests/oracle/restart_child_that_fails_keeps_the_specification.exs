Code.require_file("support/oracle.ex", __DIR__)

defmodule Fickle do
  use GenServer
  def start_link(_), do: GenServer.start_link(__MODULE__, nil)
  def init(_), do: if(Process.whereis(:refuse), do: {:stop, :no}, else: {:ok, nil})
end

Oracle.trap_exit()
{:ok, sup} = Supervisor.start_link([Fickle], strategy: :one_for_one)
Oracle.show_result("terminate_child", Supervisor.terminate_child(sup, Fickle))
Process.register(self(), :refuse)
Oracle.show_result("restart_child", Supervisor.restart_child(sup, Fickle))
Oracle.show("children", Supervisor.which_children(sup))
Process.unregister(:refuse)
{:ok, pid} = Supervisor.restart_child(sup, Fickle)
Oracle.show("pid", pid)
Oracle.show_result("restart_child", Supervisor.restart_child(sup, Fickle))
