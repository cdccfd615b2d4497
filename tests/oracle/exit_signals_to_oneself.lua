local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local main = self()

local function tell(label, fn)
  local pid, ref = spawn_monitor(function()
    fn()
    send(main, { "went_on", label })
  end)
  oracle.show(label, oracle.down(ref))
end

tell("boom", function() Process.exit(self(), "boom") end)
tell("kill", function() Process.exit(self(), "kill") end)
tell("normal", function() Process.exit(self(), "normal") end)

tell("kill, trapping", function()
  Process.flag("trap_exit", true)
  Process.exit(self(), "kill")
end)

tell("normal, trapping", function()
  Process.flag("trap_exit", true)
  Process.exit(self(), "normal")
  receive {
    { { "EXIT", _, _ }, function(from, reason) send(main, { from == self(), reason }) end },
  }
end)

oracle.show_mailbox("message")
