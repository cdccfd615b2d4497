local support = arg and arg[1] or "tests/oracle/support/oracle.lua"
local oracle = dofile(support)
local machine = dofile((support:gsub("oracle%.lua$", "machine.lua")))(oracle)

local pid = machine.start("a", machine.keep, { mode = "handle_event_function" })
oracle.show("alive", Process.alive(pid))
pid = machine.start("a", machine.keep, { mode = "strange", last = true })
Process.sleep(20)
oracle.show("alive", Process.alive(pid))
machine.show(20)
