Code.require_file("support/oracle.ex", __DIR__)

defmodule Shop do
  use Application

  def start(_, :value), do: 42
  def start(_, :error), do: {:error, :nope}
  def start(_, :exit), do: exit(:bye)
  def start(_, :raise), do: raise("boom")
  def start(_, _), do: Supervisor.start_link([], strategy: :one_for_one, name: Shop.Supervisor)
end

Oracle.log_to_stderr()

for how <- [:value, :error, :exit, :raise, :stop, :kill] do
  :application.load({:application, :Shop, [mod: {Shop, how}, applications: []]})
  Application.start(:Shop)
  if how == :kill, do: Process.exit(Process.whereis(Shop.Supervisor), :kill)
  Oracle.settle()
  Application.stop(:Shop)
  Oracle.flush_log()
  Application.unload(:Shop)
end
