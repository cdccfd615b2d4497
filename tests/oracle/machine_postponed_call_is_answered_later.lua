local support = arg and arg[1] or "tests/oracle/support/oracle.lua"
local oracle = dofile(support)
local machine = dofile((support:gsub("oracle%.lua$", "machine.lua")))(oracle)

local pid = machine.start("busy", function(type, content, state, d)
  if type == "state_timeout" then return "next_state", "free", d end
  if state == "busy" then return "keep_state_and_data", "postpone" end
  return "keep_state_and_data", { "reply", type[2], "at_last" }
end, { actions = { "state_timeout", 50, "free" } })
oracle.show("answer", GenStateMachine.call(pid, "ask"))
machine.show(20)
