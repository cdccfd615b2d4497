Code.require_file("support/oracle.ex", __DIR__)
defmodule Work do
  def run(a, _b), do: raise("boom #{a}")
end

Oracle.log_to_stderr()
Oracle.trap_exit()
Process.register(self(), :boss)
down = fn pid -> Oracle.flush_log_of(pid) end
{:ok, pid} = Task.start(Work, :run, [1, {:b, 2}])
down.(pid)
{:ok, pid} = Task.start_link(fn -> exit({:bad, 1}) end)
down.(pid)
{:ok, _} = Task.Supervisor.start_link(name: Sup)
task = Task.Supervisor.async_nolink(Sup, Work, :run, [2, nil])
down.(task.pid)
{:ok, pid} = Task.Supervisor.start_child(Sup, fn -> Process.register(self(), :worker); raise("named") end)
down.(pid)
{:ok, pid} = Task.start(fn -> exit(:shutdown) end)
down.(pid)
{:ok, pid} = Task.start(fn -> GenServer.call(:nobody, :x) end)
down.(pid)
Task.async_stream([1], fn _ -> exit(:in_stream) end) |> Enum.to_list()
Oracle.flush_log()
