local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local main = self()

spawn_monitor(function()
  send(main, "one")
  send(main, "two")
  exit("done")
end)

oracle.show_messages("message", 3)
