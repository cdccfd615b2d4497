local support = arg and arg[1] or "tests/oracle/support/oracle.lua"
local oracle = dofile(support)
local machine = dofile((support:gsub("oracle%.lua$", "machine.lua")))(oracle)

local function script(type, content, state, d)
  if content == "data" then return "repeat_state", d end
  if content == "plain" then return "repeat_state_and_data" end
  if content == "acts" then return "repeat_state", d, { { "next_event", "internal", 1 } } end
end
for _, enter in ipairs { true, false } do
  local pid = machine.start("a", script, { enter = enter })
  machine.casts(pid, { "data", "plain", "acts" })
  machine.show()
end
