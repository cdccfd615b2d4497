local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

oracle.show("await", Task.await(Task.completed(42)))
oracle.show("many", Task.await_many { Task.completed(1), Task.async(function() return 2 end) })
local task = Task.completed("x")
oracle.show("pid", task.pid)
local _, value = Task.yield(task, 0)
oracle.show("yield", value)
