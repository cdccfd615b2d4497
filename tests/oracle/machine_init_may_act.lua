local support = arg and arg[1] or "tests/oracle/support/oracle.lua"
local oracle = dofile(support)
local machine = dofile((support:gsub("oracle%.lua$", "machine.lua")))(oracle)

local pid = machine.start("a", machine.keep, { enter = true, actions = {
  "postpone", { "next_event", "internal", 1 }, { "next_event", "cast", 2 }, { "timeout", 5, "idle" },
  { "state_timeout", 0, "now" }, { { "timeout", "x" }, 30, "later" }, "hibernate",
} })
machine.show()
oracle.show("state", sys.get_state(pid)[1])
