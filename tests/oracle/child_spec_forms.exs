Code.require_file("support/oracle.ex", __DIR__)

defmodule Named do
  use GenServer
  def start_link(arg), do: GenServer.start_link(__MODULE__, arg)
  def init(arg), do: {:ok, arg}
end

defmodule Custom do
  use GenServer
  def child_spec(arg), do: %{id: {:custom, arg}, start: {__MODULE__, :start_link, [arg]}, restart: :temporary}
  def start_link(arg), do: GenServer.start_link(__MODULE__, arg)
  def init(arg), do: {:ok, arg}
end

Oracle.show("overridden", Supervisor.child_spec({Custom, 7}, id: :other, shutdown: 100))
Oracle.show("map", Supervisor.child_spec(Oracle.worker(:a), restart: :temporary).restart)

children = [{Named, 1}, {Custom, 2}, Supervisor.child_spec({Named, 3}, id: :third)]
{:ok, sup} = Supervisor.start_link(children, strategy: :one_for_one)
Oracle.show("children", Supervisor.which_children(sup))
Oracle.show_result("start_child", Supervisor.start_child(sup, {Custom, 4}))
