local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local main = self()

local pid, ref = spawn_monitor(function()
  Process.flag("trap_exit", true)
  send(main, "ready")
  Process.sleep("infinity")
end)

oracle.show_messages("message", 1)
oracle.show("exit returns", Process.exit(pid, "kill"))
oracle.show_reason("ended", oracle.down(ref))
