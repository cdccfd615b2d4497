local support = arg and arg[1] or "tests/oracle/support/oracle.lua"
local oracle = dofile(support)
local machine = dofile((support:gsub("oracle%.lua$", "machine.lua")))(oracle)

local pid = machine.start("a", function(type, content, state, d)
  if content == "go" then return "next_state", "b", d, { { "next_event", "internal", "first" } } end
  if state == "a" then return "keep_state_and_data", "postpone" end
end)
machine.casts(pid, { 1, 2, "go" })
machine.show()
