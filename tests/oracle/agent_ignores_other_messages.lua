local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local pid = Agent.start_link(function() return 1 end)
send(pid, "hello")
send(pid, { "DOWN", make_ref(), "process", self(), "normal" })
oracle.show("get", Agent.get(pid, function(n) return n end))
oracle.show("alive", Process.alive(pid))
