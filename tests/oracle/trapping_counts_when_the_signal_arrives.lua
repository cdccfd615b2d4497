local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local main = self()

local victim = spawn(function()
  Process.flag("trap_exit", true)
  send(main, "trapping")
  receive { { "off", function() Process.flag("trap_exit", false) end } }
  receive {
    { { "EXIT", _, _ }, function(from, reason) send(main, { "from_the_mailbox", reason }) end },
  }
  Process.sleep("infinity")
end)

local ref = Process.monitor(victim)
oracle.show_messages("message", 1)
Process.exit(victim, "early")
send(victim, "off")
oracle.show_messages("message", 1)
Process.exit(victim, "late")
oracle.show("down", oracle.down(ref))
