Code.require_file("support/oracle.ex", __DIR__)

main = self()
spawn_link(fn -> send(main, {:task, Task.async(fn -> :ok end)}); Process.sleep(:infinity) end)
task = receive(do: ({:task, task} -> task))
message = fn fun -> {:error, text} = Oracle.caught(fun); text =~ "must be queried from the owner but was queried from" end
Oracle.show("await", message.(fn -> Task.await(task) end))
Oracle.show("yield", message.(fn -> Task.yield(task, 0) end))
Oracle.show("shutdown", message.(fn -> Task.shutdown(task) end))
Oracle.show("ignore", message.(fn -> Task.ignore(task) end))
Oracle.show("many", message.(fn -> Task.await_many([task]) end))
Oracle.show("yield many", message.(fn -> Task.yield_many([task]) end))
