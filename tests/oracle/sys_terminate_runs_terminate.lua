local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

oracle.trap_exit()
local pid = Worker.start_link { id = "server", main = self() }
oracle.show_result("terminate", sys.terminate(pid, "shutdown"))
oracle.show_messages("message", 3)
