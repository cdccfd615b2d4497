local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local main = self()
local pid = spawn(function() for n = 1, 5 do send(main, { "number", n }) end end)
oracle.show("alive is a boolean", type(Process.alive(pid)) == "boolean")
oracle.show_messages("message", 5)
