local support = arg and arg[1] or "tests/oracle/support/oracle.lua"
local oracle = dofile(support)
local machine = dofile((support:gsub("oracle%.lua$", "machine.lua")))(oracle)

local pid = machine.start("a", function(type, content, state, d)
  if content == "later" and state == "a" then
    return "keep_state_and_data", { "postpone", { { "timeout", "x" }, 5000, 1 }, { "timeout", 0, 2 } }
  end
  if content == "go" then return "next_state", "b", d, { "next_event", "internal", "int" } end
  if type[1] == "call" then return "keep_state_and_data", { "reply", type[2], "ok" } end
end)
sys.log(pid, { true, 20 })
machine.casts(pid, { "later" })
oracle.settle()
machine.casts(pid, { "go" })
oracle.show("call", GenStateMachine.call(pid, "ask"))
send(pid, "hello")
for _, event in ipairs(sys.log(pid, "get")) do oracle.show("log", event) end
