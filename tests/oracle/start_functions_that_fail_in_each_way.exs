Code.require_file("support/oracle.ex", __DIR__)

defmodule Starts do
  def start(:error), do: {:error, :nope}
  def start(:ignore), do: :ignore
  def start(:exit), do: exit(:bye)
  def start(:normal), do: exit(:normal)
  def start(:number), do: 42
  def start(:dead), do: {:ok, spawn(fn -> :ok end)}
end

Oracle.trap_exit()
{:ok, sup} = Supervisor.start_link([], strategy: :one_for_one)
{:ok, dynamic} = DynamicSupervisor.start_link(strategy: :one_for_one)

reason = fn
  {:error, {reason, child}} when is_tuple(child) or is_map(child) -> {:error, reason}
  other -> other
end

for way <- [:error, :ignore, :exit, :normal, :number] do
  child = %{id: way, start: {Starts, :start, [way]}, restart: :temporary}
  answer = Supervisor.start_child(sup, child)
  Oracle.show_result(to_string(way), (if way in [:exit, :normal], do: match?({:error, {{:EXIT, _}, _}}, answer), else: reason.(answer)))
  Oracle.show_result("dynamic", DynamicSupervisor.start_child(dynamic, child))
end

Oracle.show("children", Supervisor.which_children(sup))
Oracle.show("dynamic children", DynamicSupervisor.which_children(dynamic))
child = %{id: :dead, start: {Starts, :start, [:dead]}}
{:ok, _} = Supervisor.start_child(sup, child)
Oracle.settle()
Oracle.show("dead child", Enum.map(Supervisor.which_children(sup), &is_pid(elem(&1, 1))))
Oracle.show("counts", Supervisor.count_children(sup))
Oracle.show_mailbox("message")
