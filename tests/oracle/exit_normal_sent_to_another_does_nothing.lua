local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local pid, ref = spawn_monitor(function() Process.sleep("infinity") end)
Process.exit(pid, "normal")
oracle.settle()
oracle.show("alive", Process.alive(pid))
Process.exit(pid, "enough")
oracle.show_reason("ended", oracle.down(ref))
