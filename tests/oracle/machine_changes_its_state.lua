local support = arg and arg[1] or "tests/oracle/support/oracle.lua"
local oracle = dofile(support)
local machine = dofile((support:gsub("oracle%.lua$", "machine.lua")))(oracle)

local pid = machine.start("off", function(type, content, state, d)
  return "next_state", state == "off" and "on" or "off", d
end)
machine.casts(pid, { "push", "push", "push" })
machine.show()
oracle.show("state", sys.get_state(pid)[1])
