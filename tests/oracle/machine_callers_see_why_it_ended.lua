local support = arg and arg[1] or "tests/oracle/support/oracle.lua"
local oracle = dofile(support)
local machine = dofile((support:gsub("oracle%.lua$", "machine.lua")))(oracle)

local function script(type, content)
  if content == "stop" then return "stop", "why" end
  if content == "raise" then error("boom") end
end
local pid = machine.start("a", script)
oracle.show("timeout", machine.caught(function() GenStateMachine.call(pid, "wait", 20) end))
oracle.show("stop", machine.caught(function() GenStateMachine.call(pid, "stop") end))
oracle.show("noproc", machine.caught(function() GenStateMachine.call(pid, "wait") end))
pid = machine.start("a", script)
oracle.show("raise", machine.caught(function() GenStateMachine.call(pid, "raise") end))
