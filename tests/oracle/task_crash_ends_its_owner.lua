local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local main = self()

local owner = spawn(function()
  Task.async(function() error("boom") end)
  send(main, "started")
  Process.sleep("infinity")
end)

local ref = Process.monitor(owner)
oracle.show_messages("message", 1)
oracle.show_reason("down", oracle.down(ref))
