Code.require_file("support/oracle.ex", __DIR__)

defmodule Once do
  def start_link(main) do
    send(main, {:start, self()})

    receive do
      {:answer, :ok} -> {:ok, spawn_link(fn -> Process.sleep(:infinity) end)}
      {:answer, :ignore} -> :ignore
      {:answer, other} -> {:error, other}
    end
  end
end

main = self()
{:ok, sup} = DynamicSupervisor.start_link(strategy: :one_for_one, max_restarts: 10)

answer = fn answer ->
  receive do
    {:start, pid} -> send(pid, {:answer, answer})
  end
end

spawn_link(fn ->
  {:ok, pid} = DynamicSupervisor.start_child(sup, %{id: 1, start: {Once, :start_link, [main]}})
  send(main, {:child, pid})
end)

answer.(:ok)
child = receive(do: ({:child, pid} -> pid))
Process.exit(child, :kill)
answer.(:no)
answer.(:no)
answer.(:ok)
Oracle.settle()
Oracle.show("count", DynamicSupervisor.count_children(sup))
[{_, child, _, _}] = DynamicSupervisor.which_children(sup)
Process.exit(child, :kill)
answer.(:no)
answer.(:ignore)
Oracle.settle()
Oracle.show("count", DynamicSupervisor.count_children(sup))
