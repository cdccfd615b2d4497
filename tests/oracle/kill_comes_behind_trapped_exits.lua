local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local main = self()

local victim = spawn(function()
  Process.flag("trap_exit", true)
  send(main, "ready")
  receive {
    { "look", function()
      receive {
        { { "EXIT", _, _ }, function(from, reason) send(main, { "trapped", reason }) end },
      }
    end },
  }
  Process.sleep("infinity")
end)

local ref = Process.monitor(victim)
oracle.show_messages("message", 1)
Process.exit(victim, "one")
Process.exit(victim, "two")
send(victim, "look")
oracle.show_messages("message", 1)
Process.exit(victim, "kill")
Process.exit(victim, "three")
oracle.show("down", oracle.down(ref))
