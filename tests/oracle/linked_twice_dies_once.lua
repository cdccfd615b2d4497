local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

oracle.trap_exit()
local pid = spawn_link(function() Process.sleep("infinity") end)
oracle.show("link", Process.link(pid))
Process.exit(pid, "boom")
oracle.show_messages("message", 1)
oracle.settle()
oracle.show_mailbox("left")
