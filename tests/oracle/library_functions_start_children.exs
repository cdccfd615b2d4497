Code.require_file("support/oracle.ex", __DIR__)

defmodule Store do
  use GenServer
  def init(n), do: {:ok, n}
  def handle_call(:get, _from, n), do: {:reply, n, n}
  def handle_cast({:put, value}, _), do: {:noreply, value}
end

Oracle.trap_exit()
child = %{id: :store, start: {GenServer, :start_link, [Store, 1]}}
inner = %{id: :inner, type: :supervisor, start: {Supervisor, :start_link, [[child], [strategy: :one_for_one]]}}
{:ok, sup} = Supervisor.start_link([child, inner], strategy: :one_for_one)
Oracle.show("children", Supervisor.which_children(sup))
[{_, inner_pid, _, _}, {_, pid, _, _}] = Supervisor.which_children(sup)
Oracle.show("state", GenServer.call(pid, :get))
Oracle.show("below", Supervisor.which_children(inner_pid))
Process.exit(pid, :kill)
Oracle.settle()
[_, {_, again, _, _}] = Supervisor.which_children(sup)
Oracle.show("state again", GenServer.call(again, :get))
