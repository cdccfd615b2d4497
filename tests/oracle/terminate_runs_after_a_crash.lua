local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

oracle.trap_exit()
Worker.start_link { id = "server", main = self() }
GenServer.cast("server", "crash")
oracle.show_messages("message", 3)
