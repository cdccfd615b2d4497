local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

oracle.trap_exit()
spawn_link(function() exit("kill") end)
oracle.show_messages("trapped", 1)

local pid, ref = spawn_monitor(function()
  spawn_link(function() exit("kill") end)
  Process.sleep("infinity")
end)

oracle.show_reason("linked and not trapping", oracle.down(ref))
