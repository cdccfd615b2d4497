local support = arg and arg[1] or "tests/oracle/support/oracle.lua"
local oracle = dofile(support)
local machine = dofile((support:gsub("oracle%.lua$", "machine.lua")))(oracle)

local pid = machine.start("a", function(type, content, state, d)
  if content == "wait" and state == "a" then return "keep_state_and_data", "postpone" end
  if content == "again" then return "repeat_state", d end
  if content == "go" then return "next_state", "b", d end
end, { enter = true, actions = { "state_timeout", 50, "kept" } })
machine.casts(pid, { "wait", "again" })
machine.show(150)
machine.casts(pid, { "go" })
machine.show()
