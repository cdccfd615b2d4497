Code.require_file("support/oracle.ex", __DIR__)
Process.flag(:trap_exit, true)
defmodule Turns do
  def start_link(main, answer) do
    case Process.whereis(:again) do
      nil -> Process.register(main, :again); ok(main)
      _ when answer == :ok -> ok(main)
      _ when answer == :info -> {:ok, elem(ok(main), 1), :info}
      _ when answer == :error -> {:error, :found}
      _ -> answer
    end
  end

  defp ok(main) do
    {:ok, spawn_link(fn -> send(main, :began); Process.sleep(:infinity) end)}
  end
end

for answer <- [:ok, :info, :ignore, :error, :nonsense] do
  {:ok, sup} = DynamicSupervisor.start_link(strategy: :one_for_one, max_restarts: 3)
  {:ok, pid} = DynamicSupervisor.start_child(sup, %{id: 1, start: {Turns, :start_link, [self(), answer]}})
  Process.exit(pid, :kill)
  if answer in [:ok, :info], do: Oracle.settle(), else: Process.sleep(20)
  alive = Process.alive?(sup)
  Oracle.show("#{answer}: supervisor lives", alive)
  if alive, do: Oracle.show("#{answer}", Map.to_list(DynamicSupervisor.count_children(sup)))
  if alive, do: Oracle.show("children", for({id, pid, type, modules} <- DynamicSupervisor.which_children(sup), do: [id, is_pid(pid), type, modules]))
  Process.exit(sup, :kill)
  Oracle.settle()
  Process.unregister(:again)
end
