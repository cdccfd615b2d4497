Code.require_file("support/oracle.ex", __DIR__)

Oracle.log_to_stderr()

for reason <- [:normal, :shutdown, {:shutdown, :idle}] do
  {:ok, pid} = GenServer.start(Worker, %{id: :a, main: self()})
  GenServer.stop(pid, reason)
end

{:ok, pid} = GenServer.start(Worker, %{id: :a, main: self()})
Process.exit(pid, :kill)
{:ok, pid} = GenServer.start(Worker, %{id: :a, main: self()})
Process.exit(pid, :boom)
Oracle.flush_log()
IO.puts("quiet")
