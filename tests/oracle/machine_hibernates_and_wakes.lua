local support = arg and arg[1] or "tests/oracle/support/oracle.lua"
local oracle = dofile(support)
local machine = dofile((support:gsub("oracle%.lua$", "machine.lua")))(oracle)

local pid = machine.start("a", function(type, content)
  if type[1] == "call" then
    return "keep_state_and_data", { { "hibernate", true }, { "reply", type[2], "asleep" } }
  end
  if content == "no" then return "keep_state_and_data", { "hibernate", { "hibernate", false } } end
  return "keep_state_and_data", { "hibernate", { "state_timeout", 10, "woken" } }
end)
oracle.show("call", GenStateMachine.call(pid, 1))
machine.casts(pid, { "no", "yes" })
oracle.show("call", GenStateMachine.call(pid, 2))
Process.sleep(50)
GenStateMachine.stop(pid)
