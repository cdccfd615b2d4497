local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

oracle.trap_exit()
local children = { oracle.worker("a", {}, { trap = true }), oracle.worker("b", {}, { trap = true }) }
local sup = Supervisor.start_link(children, { strategy = "one_for_one" })
oracle.show_result("terminate", sys.terminate(sup, "enough"))
oracle.show_messages("message", 5)
