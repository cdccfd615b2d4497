local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

oracle.trap_exit()
oracle.show_result("raise", Agent.start_link(function() error("boom") end))
oracle.show_messages("exit", 1)
oracle.show_result("exit", Agent.start(function() exit("no") end))
oracle.show_result("timeout", Agent.start(function() Process.sleep("infinity") end, { timeout = 50 }))
oracle.show_mailbox("mailbox")
