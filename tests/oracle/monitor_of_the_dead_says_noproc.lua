local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local pid, ref = spawn_monitor(function() exit("boom") end)
oracle.show_reason("ended", oracle.down(ref))
Process.monitor(pid)
oracle.show_messages("message", 1)
