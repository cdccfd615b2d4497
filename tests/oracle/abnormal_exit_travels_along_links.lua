local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local _, ref = spawn_monitor(function()
  spawn_link(function()
    spawn_link(function() exit("boom") end)
    Process.sleep("infinity")
  end)

  Process.sleep("infinity")
end)

oracle.show_reason("first of the chain", oracle.down(ref))
