local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local pid = Agent.start(function() return 1 end)
local ref = Process.monitor(pid)
local caught = oracle.caught(function() return Agent.update(pid, function() exit("enough") end) end)
oracle.show_reason("caller", caught[2][1])
oracle.show_reason("down", oracle.down(ref))
