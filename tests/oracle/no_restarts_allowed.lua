local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

oracle.trap_exit()
local children = { oracle.worker("a", {}, { trap = true }), oracle.worker("b") }
local sup = Supervisor.start_link(children, { strategy = "one_for_one", max_restarts = 0 })
oracle.show("sup", sup)
oracle.show_messages("start", 2)
GenServer.cast("b", { "stop", "boom" })
oracle.show_messages("message", 3)
