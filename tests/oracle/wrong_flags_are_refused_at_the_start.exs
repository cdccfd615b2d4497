Code.require_file("support/oracle.ex", __DIR__)

defmodule Tree do
  use Supervisor
  def start_link(flags), do: Supervisor.start_link(__MODULE__, flags)
  def init(flags), do: {:ok, {flags, []}}
end

Oracle.trap_exit()

for {key, value} <- [strategy: :one_for_none, intensity: -1, intensity: :many, period: 0, period: -5, auto_shutdown: :sometimes] do
  flags = Map.put(%{strategy: :one_for_one}, key, value)
  Oracle.show_result("#{key}", Tree.start_link(flags))
  Oracle.show_messages("message", 1)
end
