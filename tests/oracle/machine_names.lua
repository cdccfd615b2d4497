local support = arg and arg[1] or "tests/oracle/support/oracle.lua"
local oracle = dofile(support)
local machine = dofile((support:gsub("oracle%.lua$", "machine.lua")))(oracle)

local arg = { first = "a", script = machine.keep, main = self() }
local pid = GenStateMachine.start(Machine, arg, { name = "door" })
oracle.show("same", Process.whereis("door") == pid)
local none, reason = GenStateMachine.start(Machine, arg, { name = "door" })
oracle.show("taken", { reason[1], reason[2] == pid })
GenStateMachine.cast("door", "by_name")
machine.show(20)
oracle.show_result("cast", GenStateMachine.cast("nobody", 1))
oracle.show_result("stop", GenStateMachine.stop("door"))
oracle.show("free", Process.whereis("door"))
