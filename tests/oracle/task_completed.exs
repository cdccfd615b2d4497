Code.require_file("support/oracle.ex", __DIR__)

Oracle.show("await", Task.await(Task.completed(42)))
Oracle.show("many", Task.await_many([Task.completed(1), Task.async(fn -> 2 end)]))
task = Task.completed(:x)
Oracle.show("pid", task.pid)
{:ok, value} = Task.yield(task, 0)
Oracle.show("yield", value)
