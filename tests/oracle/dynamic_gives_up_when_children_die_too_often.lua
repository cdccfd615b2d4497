local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

oracle.trap_exit()
local sup = DynamicSupervisor.start_link { strategy = "one_for_one", max_restarts = 1, max_seconds = 5 }
local a = DynamicSupervisor.start_child(sup, oracle.worker("a"))
DynamicSupervisor.start_child(sup, oracle.worker("b", {}, { trap = true }))
Process.exit(a, "kill")
oracle.show_messages("message", 3)
Process.exit(Process.whereis("a"), "kill")
oracle.show_messages("message", 2)
oracle.show("alive", Process.alive(sup))
