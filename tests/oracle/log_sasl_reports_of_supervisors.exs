Code.require_file("support/oracle.ex", __DIR__)
Application.put_env(:logger, :handle_sasl_reports, true)
Application.put_env(:logger, :level, :none)
Logger.App.stop()
Application.start(:logger)

defmodule Child do
  use GenServer
  def start_link(arg), do: GenServer.start_link(__MODULE__, arg)
  def init(:stop), do: {:stop, :no_start}
  def init(arg), do: {:ok, arg}
  def handle_cast(reason, state), do: {:stop, reason, state}
end

Oracle.log_to_stderr()
Oracle.trap_exit()
{:ok, sup} = Supervisor.start_link([%{id: Child, start: {Child, :start_link, [1]}}], strategy: :one_for_one, max_restarts: 1, name: Top)
pid = fn -> [{_, pid, _, _}] = Supervisor.which_children(sup); pid end
GenServer.cast(pid.(), {:shutdown, :later})
Oracle.settle()
Process.exit(pid.(), :kill)
Oracle.settle()
{:error, _} = Supervisor.start_link([%{id: Child, start: {Child, :start_link, [:stop]}, restart: :temporary, shutdown: 10}], strategy: :one_for_one)
Oracle.flush_log()
