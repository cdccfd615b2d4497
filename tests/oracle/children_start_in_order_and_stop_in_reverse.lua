local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

oracle.trap_exit()
local children = {}
for i, id in ipairs { "a", "b", "c" } do children[i] = oracle.worker(id, {}, { trap = true }) end
local sup = Supervisor.start_link(children, { strategy = "one_for_one" })
oracle.show("sup", sup)
oracle.show_result("stop", Supervisor.stop(sup))
oracle.show_messages("message", 7)
