local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local pid, ref = spawn_monitor(function() end)
oracle.down(ref)
oracle.show_reason("get_state", oracle.caught(function() return sys.get_state(pid) end))
