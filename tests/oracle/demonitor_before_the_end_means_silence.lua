local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local pid, ref = spawn_monitor(function() Process.sleep("infinity") end)
Process.demonitor(ref)
local witness = Process.monitor(pid)
Process.exit(pid, "boom")
oracle.show_reason("witness", oracle.down(witness))
oracle.show_mailbox("left")
