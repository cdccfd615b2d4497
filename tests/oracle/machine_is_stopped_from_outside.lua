local support = arg and arg[1] or "tests/oracle/support/oracle.lua"
local oracle = dofile(support)
local machine = dofile((support:gsub("oracle%.lua$", "machine.lua")))(oracle)

local pid = machine.start("a", machine.keep, { last = true })
oracle.show_result("stop", GenStateMachine.stop(pid))
machine.show(20)
pid = machine.start("a", machine.keep, { last = true })
oracle.show_result("stop", GenStateMachine.stop(pid, "why", 1000))
machine.show(20)
oracle.show("nobody", machine.caught(function() GenStateMachine.stop(pid) end))
