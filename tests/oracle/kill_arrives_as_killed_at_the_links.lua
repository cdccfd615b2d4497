local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

oracle.trap_exit()
local pid = spawn_link(function() Process.sleep("infinity") end)
Process.exit(pid, "kill")
oracle.show_messages("message", 1)
