Code.require_file("support/oracle.ex", __DIR__)
defmodule Named do
  use GenServer
  def init(state), do: {:ok, state}
  def handle_call(:crash, _from, _), do: exit(:boom)
  def handle_cast(:stop, state), do: {:stop, {:bad, "reason"}, state}
  def handle_info({:EXIT, _, _}, state), do: {:noreply, state}
end

Oracle.log_to_stderr()
{:ok, _} = Registry.start_link(keys: :unique, name: :r)
{:ok, pid} = GenServer.start(Named, [], name: {:via, Registry, {:r, "key"}})
GenServer.cast(pid, :stop)
Oracle.flush_log_of(pid)
{:ok, pid} = GenServer.start(Named, %{a: 1}, name: Named)
Oracle.caught(fn -> GenServer.call(Named, :crash) end)
Oracle.flush_log_of(pid)
{:ok, pid} = GenServer.start(Named, nil)
Oracle.caught(fn -> GenServer.stop(pid, :oops) end)
Oracle.flush_log()
{:ok, pid} = GenServer.start(Named, nil)
GenServer.stop(pid, {:shutdown, :fine})
Oracle.flush_log()
