local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local pid = spawn(function() Process.sleep("infinity") end)
Process.register(pid, "taken")
oracle.show("taken name", oracle.raises(function() Process.register(self(), "taken") end))
oracle.show("second name", oracle.raises(function() Process.register(pid, "other") end))
local dead, ref = spawn_monitor(function() end)
oracle.down(ref)
oracle.show("the dead", oracle.raises(function() Process.register(dead, "dead") end))
