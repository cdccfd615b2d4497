Code.require_file("support/oracle.ex", __DIR__)
defmodule Restarts do
  def start_link(main) do
    if Process.whereis(:again) do
      {:error, :not_again}
    else
      Process.register(main, :again)
      {:ok, spawn_link(fn -> Process.sleep(:infinity) end)}
    end
  end
end

{:ok, none} = DynamicSupervisor.start_link(strategy: :one_for_one, max_children: 0)
Oracle.show_result("none at all", DynamicSupervisor.start_child(none, {Task, fn -> :ok end}))
{:ok, sup} = DynamicSupervisor.start_link(strategy: :one_for_one, max_children: 1, max_restarts: 100_000_000)
{:ok, pid} = DynamicSupervisor.start_child(sup, %{id: 1, start: {Restarts, :start_link, [self()]}})
Oracle.show_result("full", DynamicSupervisor.start_child(sup, {Task, fn -> :ok end}))
Process.exit(pid, :kill)
Process.sleep(10)
Oracle.show("restarts", Map.to_list(DynamicSupervisor.count_children(sup)))
Oracle.show("which", Enum.map(DynamicSupervisor.which_children(sup), &Tuple.to_list/1))
Oracle.show_result("still full", DynamicSupervisor.start_child(sup, {Task, fn -> :ok end}))
Oracle.show_result("not found", DynamicSupervisor.terminate_child(sup, pid))
Process.unregister(:again)
Oracle.settle()
Oracle.show("started", Map.to_list(DynamicSupervisor.count_children(sup)))
