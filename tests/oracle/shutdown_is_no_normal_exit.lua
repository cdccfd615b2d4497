local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local pid, ref = spawn_monitor(function()
  spawn_link(function() exit("shutdown") end)
  Process.sleep("infinity")
end)

oracle.show_reason("linked process", oracle.down(ref))
