local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

oracle.show("sent", send(self(), { "hello", 1 }))
oracle.show_mailbox("message")
local pid, ref = spawn_monitor(function() end)
oracle.down(ref)
oracle.show("sent to the dead", send(pid, "lost"))
oracle.show_mailbox("message")
