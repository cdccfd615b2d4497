local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local main = self()
local sup = Task.Supervisor.start_link { max_restarts = 2 }
local pid = Task.Supervisor.start_child(sup, function() send(main, { "here", self() }) end)
oracle.show("pid", pid)
oracle.show_messages("message", 1)
pid = Task.Supervisor.start_child(sup, function() Process.sleep("infinity") end)
oracle.show("children", DynamicSupervisor.which_children(sup))
oracle.show_result("stop", Task.Supervisor.terminate_child(sup, pid))
oracle.show_result("again", Task.Supervisor.terminate_child(sup, pid))
oracle.trap_exit()
Task.Supervisor.start_child(sup, function() send(main, "again") exit("oops") end, { restart = "transient" })
oracle.show_messages("message", 4)
