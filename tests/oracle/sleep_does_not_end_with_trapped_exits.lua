local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local main = self()

local sleeper = spawn(function()
  Process.flag("trap_exit", true)
  send(main, "asleep")
  Process.sleep(100)
  send(main, "awake")
  receive {
    { { "EXIT", any, any }, function(from, reason) send(main, { "later", from == main, reason }) end },
  }
end)

local ref = Process.monitor(sleeper)
oracle.show_messages("message", 1)
Process.exit(sleeper, "early")
send(sleeper, "other")
oracle.show("queue", Process.info(sleeper, "message_queue_len"))
oracle.show_messages("message", 2)
oracle.show("down", oracle.down(ref))
