local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local pid = Agent.start_link(function() return 1 end)
oracle.show("self", Agent.get(pid, function() return self() end) == pid)
local main = self()
local captured = { a = { 1, 2 } }
Agent.cast(pid, function(n) send(main, { "from", self() == pid, captured }) return n end)
oracle.show_messages("message", 1)
