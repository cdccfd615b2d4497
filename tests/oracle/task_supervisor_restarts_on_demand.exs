Code.require_file("support/oracle.ex", __DIR__)
main = self()
{:ok, sup} = Task.Supervisor.start_link(max_restarts: 5)
work = fn -> send(main, {:began, self()}); receive(do: (reason -> exit(reason))) end
began = fn -> receive do {:began, pid} -> pid after 50 -> :nobody end end
stop = fn pid, reason -> send(pid, reason); began.() end

for restart <- [:temporary, :transient, :permanent], reason <- [:normal, :shutdown, {:shutdown, 1}, :crash] do
  {:ok, _} = Task.Supervisor.start_child(sup, work, restart: restart)
  again = stop.(began.(), reason)
  Oracle.show("#{restart} after", {reason, again != :nobody})
  if again != :nobody, do: Task.Supervisor.terminate_child(sup, again)
end

Oracle.show("left", Task.Supervisor.children(sup))
