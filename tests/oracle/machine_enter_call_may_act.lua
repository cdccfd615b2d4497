local support = arg and arg[1] or "tests/oracle/support/oracle.lua"
local oracle = dofile(support)
local machine = dofile((support:gsub("oracle%.lua$", "machine.lua")))(oracle)

local pid = machine.start("a", function(type, content, state, d)
  if content == "go" then
    d.from = type[2]
    return "next_state", "b", d, { { "next_event", "internal", "own" } }
  end
  if type == "enter" and state == "b" then
    return "keep_state_and_data", { { "reply", d.from, "entered" }, { "state_timeout", 50, "b_is_over" } }
  end
end, { enter = true })
oracle.show("answer", GenStateMachine.call(pid, "go"))
machine.show(150)
