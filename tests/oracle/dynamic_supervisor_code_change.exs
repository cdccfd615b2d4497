Code.require_file("support/oracle.ex", __DIR__)

Oracle.trap_exit()

defmodule App do
  use DynamicSupervisor
  def init(told), do: Agent.get(told, & &1).()
end

{:ok, told} = Agent.start_link(fn -> fn -> DynamicSupervisor.init(strategy: :one_for_one) end end)
{:ok, sup} = DynamicSupervisor.start_link(App, told)

change = fn label, answer ->
  Agent.update(told, fn _ -> answer end)
  :sys.suspend(sup)
  Oracle.show_result(label, :sys.change_code(sup, App, nil, nil))
  :sys.resume(sup)
  Oracle.show("children", DynamicSupervisor.count_children(sup).active)
end

{:ok, _} = DynamicSupervisor.start_child(sup, Oracle.worker(:a))
Oracle.show_messages("start", 1)

change.("changed", fn ->
  DynamicSupervisor.init(strategy: :one_for_one, max_children: 1, max_restarts: 0)
end)

Oracle.show_result("one more", DynamicSupervisor.start_child(sup, Oracle.worker(:b)))
change.("ignore", fn -> :ignore end)
change.("bad strategy", fn -> {:ok, %{strategy: :bad}} end)
change.("one_for_all", fn -> {:ok, %{strategy: :one_for_all}} end)
change.("bad max_children", fn -> {:ok, %{strategy: :one_for_one, max_children: -1}} end)
change.("bad intensity", fn -> {:ok, %{strategy: :one_for_one, intensity: -1}} end)
change.("a strange answer", fn -> :strange end)
Oracle.show_result("still one", DynamicSupervisor.start_child(sup, Oracle.worker(:b)))
Process.exit(Process.whereis(:a), :kill)
Oracle.show_messages("no restart is allowed", 1)
