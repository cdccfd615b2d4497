Code.require_file("support/oracle.ex", __DIR__)

defmodule Gate do
  def start_link(agent) do
    case Agent.get_and_update(agent, &{&1, :closed}) do
      :open -> {:ok, spawn_link(fn -> Process.sleep(:infinity) end)}
      :closed -> Process.sleep(10); {:error, :closed}
    end
  end
end

{:ok, agent} = Agent.start_link(fn -> :open end)
{:ok, sup} = DynamicSupervisor.start_link(strategy: :one_for_one, max_restarts: 100_000)
{:ok, other} = DynamicSupervisor.start_child(sup, Oracle.worker(:other))
{:ok, pid} = DynamicSupervisor.start_child(sup, %{id: :gate, start: {Gate, :start_link, [agent]}})
Process.exit(pid, :kill)
Oracle.settle()
Oracle.show("counts", DynamicSupervisor.count_children(sup))
Oracle.show("children", DynamicSupervisor.which_children(sup) |> Enum.map(&(if is_pid(elem(&1, 1)), do: :pid, else: elem(&1, 1))) |> Enum.sort())
Oracle.show_result("terminate the former", DynamicSupervisor.terminate_child(sup, pid))
Oracle.show_result("terminate the other", DynamicSupervisor.terminate_child(sup, other))
Oracle.show("counts", DynamicSupervisor.count_children(sup))
Agent.update(agent, fn _ -> :open end)
Oracle.settle()
Oracle.show("counts", DynamicSupervisor.count_children(sup))
Oracle.show_mailbox("message")
