local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local pid = Agent.start(function() return 1 end)
Agent.stop(pid)
local function same(n) return n end
local function reason(caught) return { caught[2][1], caught[2][2][1], caught[2][2][2] } end
oracle.show("get", reason(oracle.caught(function() return Agent.get(pid, same) end)))
oracle.show("update", reason(oracle.caught(function() return Agent.update(pid, same) end)))
oracle.show("get_and_update", reason(oracle.caught(function() return Agent.get_and_update("nobody", same) end)))
oracle.show_result("cast", Agent.cast(pid, same))
oracle.show_reason("stop", oracle.caught(function() return Agent.stop(pid) end))
