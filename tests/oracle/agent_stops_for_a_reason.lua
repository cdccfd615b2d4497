local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

oracle.trap_exit()
local pid = Agent.start_link(function() return 1 end)
oracle.show_result("stop", Agent.stop(pid, "shutdown"))
oracle.show_messages("exit", 1)
pid = Agent.start_link(function() return 1 end)
oracle.show_result("stop", Agent.stop(pid, { "shutdown", "enough" }))
oracle.show_messages("exit", 1)
