local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local task = Task.async(function() return "done" end)
oracle.settle()
oracle.show("ref", task.ref)
oracle.show_mailbox("message")
