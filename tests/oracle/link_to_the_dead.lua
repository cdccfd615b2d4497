local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local pid, ref = spawn_monitor(function() end)
oracle.show_reason("ended", oracle.down(ref))
oracle.show("raises", oracle.raises(function() Process.link(pid) end))
oracle.trap_exit()
oracle.show("link", Process.link(pid))
oracle.show_messages("message", 1)
