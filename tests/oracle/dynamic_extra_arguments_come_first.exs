Code.require_file("support/oracle.ex", __DIR__)

defmodule Echo do
  def start_link(main, extra, own) do
    send(main, {:args, extra, own})
    {:ok, spawn_link(fn -> Process.sleep(:infinity) end)}
  end
end

{:ok, sup} = DynamicSupervisor.start_link(strategy: :one_for_one, extra_arguments: [self(), :extra])
{:ok, pid} = DynamicSupervisor.start_child(sup, %{id: 1, start: {Echo, :start_link, [:own]}})
Oracle.show_messages("message", 1)
Process.exit(pid, :kill)
Oracle.show_messages("message", 1)
