local support = arg and arg[1] or "tests/oracle/support/oracle.lua"
local oracle = dofile(support)
local machine = dofile((support:gsub("oracle%.lua$", "machine.lua")))(oracle)

local pid = machine.start("a", function(type, content, state, d)
  if state == "a" then return "next_state", "b", d, "postpone" end
end)
machine.casts(pid, { "go", "after" })
machine.show()
