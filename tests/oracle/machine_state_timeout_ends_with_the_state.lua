local support = arg and arg[1] or "tests/oracle/support/oracle.lua"
local oracle = dofile(support)
local machine = dofile((support:gsub("oracle%.lua$", "machine.lua")))(oracle)

local function script(type, content, state, d)
  if content == "stay" then return "next_state", "a", d end
  if content == "leave" then return "next_state", "b", d end
end
local actions = { { "state_timeout", 100, "late" } }
local pid = machine.start("a", script, { actions = actions })
machine.casts(pid, { "stay" })
machine.show(200)
pid = machine.start("a", script, { actions = actions })
machine.casts(pid, { "leave" })
machine.show(200)
