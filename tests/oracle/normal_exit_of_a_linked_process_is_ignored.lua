local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local main = self()

local pid, ref = spawn_monitor(function()
  spawn_link(function() exit("normal") end)
  Process.sleep(100)
  send(main, "still_here")
end)

oracle.show_messages("message", 1)
oracle.show_reason("ended", oracle.down(ref))
oracle.show("alive", Process.alive(pid))
