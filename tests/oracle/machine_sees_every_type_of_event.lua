local support = arg and arg[1] or "tests/oracle/support/oracle.lua"
local oracle = dofile(support)
local machine = dofile((support:gsub("oracle%.lua$", "machine.lua")))(oracle)

local pid = machine.start("a", function(type, content)
  if content == "ask" then
    return "keep_state_and_data", { { "reply", type[2], "answer" }, { "next_event", "internal", "own" } }
  end
end)
oracle.show("answer", GenStateMachine.call(pid, "ask"))
GenStateMachine.cast(pid, "told")
send(pid, "plain")
send(pid, { "timeout", make_ref(), "foreign" })
machine.show()
