local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local pid = Agent.start_link(function() return 1 end)
local function add(n) return n + 1 end
local function same(n) return n end
oracle.show("get", Agent.get(pid, same))
oracle.show_result("update", Agent.update(pid, add))
oracle.show("get", Agent.get(pid, function(n) return n * 10 end))
oracle.show("get_and_update", Agent.get_and_update(pid, function(n) return { "was", n }, n + 1 end))
oracle.show_result("cast", Agent.cast(pid, function(n) return n + 100 end))
oracle.show("get", Agent.get(pid, same))
oracle.show_result("stop", Agent.stop(pid))
oracle.show("alive", Process.alive(pid))
