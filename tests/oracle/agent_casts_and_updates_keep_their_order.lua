local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local pid = Agent.start_link(function() return 1 end)
for n = 1, 3 do Agent.cast(pid, function(m) return m * 10 + n end) end
Agent.update(pid, function(m) return m * 10 + 4 end)
oracle.show("get", Agent.get(pid, function(n) return n end))
oracle.show("state", sys.get_state(pid))
