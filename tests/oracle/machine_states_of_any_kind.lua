local support = arg and arg[1] or "tests/oracle/support/oracle.lua"
local oracle = dofile(support)
local machine = dofile((support:gsub("oracle%.lua$", "machine.lua")))(oracle)

local pid = machine.start({ "floor", 1 }, function(type, content, state, d)
  if content == "up" then return "next_state", { "floor", state[2] + 1 }, d end
  if content == "stay" then return "next_state", { "floor", state[2] }, d end
end, { enter = true })
machine.casts(pid, { "up", "stay", "up" })
machine.show()
