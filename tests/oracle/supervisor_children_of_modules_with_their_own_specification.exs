Code.require_file("support/oracle.ex", __DIR__)
defmodule Plain do
  use GenServer
  def start_link(arg), do: GenServer.start_link(__MODULE__, arg)
  def init(arg), do: {:ok, arg}
end

defmodule Own do
  use GenServer, id: :own, restart: :temporary, shutdown: :infinity
  def start_link(arg), do: GenServer.start_link(__MODULE__, arg)
  def init(arg), do: {:ok, arg}
end

defmodule Top do
  use Supervisor
  def start_link(arg), do: Supervisor.start_link(__MODULE__, arg)
  def init(_), do: Supervisor.init([], strategy: :one_for_one)
end

spec = fn spec -> Oracle.show("spec", spec |> Map.drop([:start]) |> Map.to_list()) end
spec.(Plain.child_spec(1))
spec.(Own.child_spec(1))
spec.(Top.child_spec(1))
spec.(Supervisor.child_spec({Own, 1}, id: :other, restart: :transient))
spec.(Supervisor.child_spec(%{id: 1, start: {A, :b, []}}, shutdown: 10))
spec.(Agent.child_spec(fn -> 1 end))
spec.(Task.child_spec(fn -> 1 end))
spec.(DynamicSupervisor.child_spec(strategy: :one_for_one))
spec.(DynamicSupervisor.child_spec(name: D))
spec.(Task.Supervisor.child_spec([]))
spec.(Task.Supervisor.child_spec(name: T))
spec.(Registry.child_spec(keys: :unique, name: R))
{:ok, sup} = Supervisor.start_link([Plain, {Own, 2}, Top, {Agent, fn -> 1 end}], strategy: :one_for_one)
Oracle.show("children", for({id, _, type, modules} <- Supervisor.which_children(sup), do: [id, type, modules]))
Oracle.show("state", for({Plain, pid, _, _} <- Supervisor.which_children(sup), do: :sys.get_state(pid)))
Oracle.show("counted", Supervisor.count_children(sup))
