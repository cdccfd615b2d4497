local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local pid, ref = spawn_monitor(function() end)
oracle.down(ref)
oracle.show_reason("the dead", oracle.caught(function() return GenServer.stop(pid) end))
oracle.show_reason("unknown name", oracle.caught(function() return GenServer.stop("nobody", "shutdown", 100) end))
