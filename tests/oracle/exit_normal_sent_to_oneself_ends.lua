local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local main = self()

local pid, ref = spawn_monitor(function()
  Process.exit(self(), "normal")
  Process.sleep(100)
  send(main, "survived")
end)

oracle.show_reason("ended", oracle.down(ref))
oracle.show_mailbox("message")
