local support = arg and arg[1] or "tests/oracle/support/oracle.lua"
local oracle = dofile(support)
local machine = dofile((support:gsub("oracle%.lua$", "machine.lua")))(oracle)

local pid = machine.start("closed", function(type, content, state, d)
  if state == "closed" and content == "open" then return "next_state", "open", d end
  if state == "closed" then return "keep_state_and_data", "postpone" end
end)
machine.casts(pid, { 1, 2, 3, "open", 4 })
machine.show()
