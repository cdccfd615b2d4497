Code.require_file("support/oracle.ex", __DIR__)

defmodule Odd do
  use Application

  def start(_, :value), do: 42
  def start(_, :error), do: {:error, :nope}
  def start(_, :exit), do: exit(:bye)
  def start(_, :normal), do: exit(:normal)
  def start(_, :raise), do: raise("boom")
  def start(_, :ignore), do: :ignore

  def start(_, :child) do
    child = %{id: :a, start: {Agent, :start_link, [fn -> exit(:bad) end]}}
    Supervisor.start_link([child], strategy: :one_for_one)
  end

  def stop(_), do: Oracle.show("stop", :never)
end

for how <- [:value, :error, :exit, :normal, :raise, :ignore, :child] do
  :application.load({:application, :Odd, [mod: {Odd, how}, applications: []]})
  Oracle.show_result(how, Application.start(:Odd))
  Oracle.show_result(how, Application.ensure_all_started(:Odd))
  Oracle.show_result(how, Application.stop(:Odd))
  Application.unload(:Odd)
end
