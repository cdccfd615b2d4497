Code.require_file("support/oracle.ex", __DIR__)

defmodule App do
  use Supervisor
  def init(told), do: Agent.get(told, & &1).()
end

defmodule Scenario do
  def change(sup, told, answer) do
    Agent.update(told, fn _ -> answer end)
    :sys.suspend(sup)
    result = :sys.change_code(sup, App, nil, nil)
    :sys.resume(sup)
    result
  end

  def children(sup), do: for({id, pid, _, _} <- Supervisor.which_children(sup), do: [id, state(pid)])

  defp state(pid) when is_pid(pid), do: :running
  defp state(other), do: other
end

a = Oracle.worker(:a)
b = Oracle.worker(:b)
c = Oracle.worker(:c)
d = Oracle.worker(:d)
other_b = Oracle.worker(:b, %{restart: :temporary, shutdown: :brutal_kill})
{:ok, told} = Agent.start_link(fn -> fn -> Supervisor.init([a, b, c], strategy: :one_for_one) end end)
{:ok, sup} = Supervisor.start_link(App, told)
Oracle.show_messages("start", 3)

Oracle.show("children", Scenario.children(sup))
fields = fn
  {:ok, spec} -> Map.take(spec, [:id, :restart, :shutdown, :significant, :type])
  error -> error
end

change = fn label, answer ->
  Oracle.show_result(label, Scenario.change(sup, told, answer))
  Oracle.show("children", Scenario.children(sup))
end

change.("changed, new and missing", fn ->
  Supervisor.init([d, other_b, a], strategy: :one_for_all, max_restarts: 7, max_seconds: 9)
end)

Oracle.show("b", fields.(:supervisor.get_childspec(sup, :b)))
Oracle.show("c", fields.(:supervisor.get_childspec(sup, :c)))
Oracle.show_result("unknown", :supervisor.get_childspec(sup, :unknown))
Oracle.settle()
Oracle.show_mailbox("nobody moved")

Process.exit(Process.whereis(:a), :kill)
Oracle.show_messages("restart", 3)
Oracle.settle()
Oracle.show_mailbox("nothing else")
Oracle.show("children", Scenario.children(sup))

change.("ignore", fn -> :ignore end)
change.("bad strategy", fn -> {:ok, {%{strategy: :bad}, []}} end)
change.("bad intensity", fn -> {:ok, {%{strategy: :one_for_one, intensity: -1}, []}} end)
change.("no start", fn -> {:ok, {%{strategy: :one_for_one}, [%{id: 1}]}} end)
change.("bad restart", fn -> {:ok, {%{strategy: :one_for_one}, [Map.put(a, :restart, :often)]}} end)
change.("the same id", fn -> {:ok, {%{strategy: :one_for_one}, [a, a]}} end)
change.("a strange answer", fn -> :strange end)
change.("fewer", fn -> Supervisor.init([], strategy: :one_for_one) end)
Oracle.show_result("start d again", :ok == Supervisor.terminate_child(sup, :d))
Oracle.show("children", Scenario.children(sup))
change.("back", fn -> Supervisor.init([a, b, c, d], strategy: :one_for_one) end)
Oracle.show("stop", Supervisor.stop(sup) == :ok)
