Code.require_file("support/oracle.ex", __DIR__)

{:ok, sup} = Task.Supervisor.start_link()
main = self()

for {name, start} <- [link: &Task.Supervisor.async/2, nolink: &Task.Supervisor.async_nolink/2] do
  owner =
    spawn(fn ->
      task = start.(sup, fn -> Process.sleep(:infinity) end)
      send(main, {:task, task.pid})
      Process.sleep(:infinity)
    end)

  pid = receive(do: ({:task, pid} -> pid))
  Process.exit(owner, :oops)
  Oracle.settle()
  Oracle.show("alive", {name, Process.alive?(pid)})
end
