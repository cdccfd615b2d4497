local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

oracle.trap_exit()
local children = { oracle.worker("a"), oracle.worker("b"), oracle.worker("a") }
oracle.show_result("start_link", Supervisor.start_link(children, { strategy = "one_for_one" }))
oracle.show_messages("message", 1)
oracle.settle()
oracle.show_mailbox("nobody was started")
