local support = arg and arg[1] or "tests/oracle/support/oracle.lua"
local oracle = dofile(support)
local machine = dofile((support:gsub("oracle%.lua$", "machine.lua")))(oracle)

local pid = machine.start("a", function(type, content)
  if content == "ask" then return "keep_state_and_data", { "reply", type[2], "answer" } end
end)
for _, timeout in ipairs { "infinity", 1000, { "clean_timeout", 1000 }, { "dirty_timeout", 1000 },
    { "clean_timeout", "infinity" } } do
  oracle.show("call", GenStateMachine.call(pid, "ask", timeout))
end
for _, timeout in ipairs { 10, { "clean_timeout", 10 }, { "dirty_timeout", 10 } } do
  oracle.show("late", machine.caught(function() return GenStateMachine.call(pid, "wait", timeout) end))
end
