local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local pid = spawn(function() Process.sleep("infinity") end)
Process.register(pid, "sleeper")
Process.monitor("sleeper")
Process.exit(pid, "boom")
oracle.show_messages("message", 1)
Process.monitor("nobody")
oracle.show_messages("message", 1)
