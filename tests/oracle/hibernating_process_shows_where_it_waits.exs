Code.require_file("support/oracle.ex", __DIR__)
defmodule Sleeper do
  use GenServer
  def init(:ok), do: {:ok, nil}
  def handle_call(:ping, _from, state), do: {:reply, :pong, state}
  def handle_cast(:hibernate, state), do: {:noreply, state, :hibernate}
end

where = fn pid -> elem(Process.info(pid, :current_function), 1) |> Tuple.to_list() |> Enum.take(2) |> Enum.join(".") end
{:ok, pid} = GenServer.start(Sleeper, :ok)
Oracle.settle()
Oracle.show("waits", where.(pid))
GenServer.cast(pid, :hibernate)
Oracle.settle()
Oracle.show("hibernates", where.(pid))
Oracle.show("status", elem(Process.info(pid, :status), 1))
Oracle.show("answers", GenServer.call(pid, :ping))
Oracle.settle()
Oracle.show("waits again", where.(pid))
{:ok, pid} = GenServer.start(Sleeper, :ok, hibernate_after: 10)
Oracle.show("answers", GenServer.call(pid, :ping))
Oracle.settle()
Oracle.show("hibernates after some time", where.(pid))
{:ok, pid} = GenServer.start(Sleeper, :ok, hibernate_after: 0)
Oracle.show("answers", GenServer.call(pid, :ping))
Oracle.settle()
Oracle.show("hibernates at once", where.(pid))
{:ok, pid} = Agent.start(fn -> 1 end, hibernate_after: 10)
Oracle.settle()
Oracle.show("so does an agent", where.(pid))
