local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local pid, ref = spawn_monitor(function() Process.sleep("infinity") end)
Process.register(pid, "name")
Process.exit(pid, "boom")
oracle.show_reason("ended", oracle.down(ref))
oracle.show("whereis", Process.whereis("name"))
oracle.show("register", Process.register(self(), "name"))
