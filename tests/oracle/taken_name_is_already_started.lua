local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

oracle.trap_exit()
local first = Worker.start_link { id = "only", main = self() }
oracle.show("first", first)
oracle.show_messages("message", 1)
oracle.show_result("second", Worker.start_link { id = "only", main = self() })
oracle.settle()
oracle.show_mailbox("init never ran")
oracle.show("whereis", GenServer.whereis("only"))
oracle.show_result("stop", GenServer.stop("only"))
oracle.show_messages("message", 2)
oracle.show("whereis", GenServer.whereis("only"))
local third = Worker.start_link { id = "only", main = self() }
oracle.show("third", third)
