local support = arg and arg[1] or "tests/oracle/support/oracle.lua"
local oracle = dofile(support)
local machine = dofile((support:gsub("oracle%.lua$", "machine.lua")))(oracle)

local pid = machine.start("a", machine.keep, { actions = { "state_timeout", 30, "late" } })
sys.suspend(pid)
machine.casts(pid, { 1 })
machine.show(80)
machine.casts(pid, { 2 })
sys.resume(pid)
machine.show(20)
