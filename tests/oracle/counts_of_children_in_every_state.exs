Code.require_file("support/oracle.ex", __DIR__)

defmodule Stubborn do
  use GenServer
  def start_link(agent), do: GenServer.start_link(__MODULE__, agent, name: :stubborn)

  def init(agent) do
    first = Agent.get_and_update(agent, fn first -> {first, false} end)
    unless first, do: Process.sleep(10)
    if first, do: {:ok, nil}, else: {:stop, :refused}
  end

  def handle_cast(:crash, state), do: {:stop, :crash, state}
end

defmodule Shy do
  def start_link, do: :ignore
end

{:ok, agent} = Agent.start_link(fn -> true end)
worker = fn id -> Oracle.worker(id, %{}, %{main: self()}) end

children = [
  worker.(:alive),
  %{id: :shy, start: {Shy, :start_link, []}},
  worker.(:terminated),
  %{id: :sup, type: :supervisor, start: {Supervisor, :start_link, [[], [strategy: :one_for_one]]}},
  %{id: :stubborn, start: {Stubborn, :start_link, [agent]}}
]

{:ok, sup} = Supervisor.start_link(children, strategy: :one_for_one, max_restarts: 100_000)
counts = fn label -> Oracle.show(label, Supervisor.count_children(sup)) end
counts.("started")
Supervisor.terminate_child(sup, :terminated)
counts.("one terminated")
GenServer.cast(:stubborn, :crash)
Oracle.settle()
counts.("one restarting")
Oracle.show("restarting", Enum.map(Supervisor.which_children(sup), fn {id, pid, type, _} -> {id, if(is_pid(pid), do: :pid, else: pid), type} end))
Oracle.show_result("delete", Supervisor.delete_child(sup, :stubborn))
Supervisor.terminate_child(sup, :sup)
counts.("supervisor terminated")
Oracle.show_result("terminate", Supervisor.terminate_child(sup, :stubborn))
counts.("given up")
Oracle.show_result("delete", Supervisor.delete_child(sup, :stubborn))
counts.("deleted")
