local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

oracle.trap_exit()
local pid = Registry.start_link { keys = "unique", name = "R" }
oracle.show("pid", pid)
oracle.show_result("again", Registry.start_link { keys = "unique", name = "R" })
oracle.show("whereis", Process.whereis("R"))
