Code.require_file("support/oracle.ex", __DIR__)

defmodule Shop do
  use Application

  def start(_type, _args) do
    child = %{id: :till, start: {Agent, :start_link, [fn -> 1 end, [name: :till]]}}
    Supervisor.start_link([child], strategy: :one_for_one, max_restarts: 0, name: Shop.Supervisor)
  end

  def prep_stop(state) do
    Oracle.show("prep_stop", [state, Process.whereis(Shop.Supervisor) || :none])
    :closing
  end

  def stop(state), do: Oracle.show("stop", state)
end

:application.load({:application, :Shop, [mod: {Shop, []}, applications: []]})
:application.load({:application, :Street, [applications: [:Shop]]})
running = fn -> for {name, _, _} <- Application.started_applications(), name in [:Shop, :Street], do: name end

for {type, how} <- [temporary: :kill_child, temporary: :kill, transient: :stop] do
  Oracle.show_result("start", Application.start(:Shop, type))
  Oracle.show_result("street", Application.ensure_started(:Street))

  case how do
    :kill_child -> Process.exit(Process.whereis(:till), :oops)
    :kill -> Process.exit(Process.whereis(Shop.Supervisor), :kill)
    :stop -> Supervisor.stop(Shop.Supervisor)
  end

  Oracle.settle()
  Oracle.show("running", running.())
end

Oracle.show_result("start again", Application.start(:Shop))
Process.exit(Process.whereis(Shop.Supervisor), :kill)
Oracle.settle()
Oracle.show_result("stop", Application.stop(:Shop))
Oracle.show_result("stop again", Application.stop(:Shop))
