local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local children = {}
for i, id in ipairs { "a", "b", "c" } do children[i] = oracle.worker(id, {}, { trap = true }) end
local sup = Supervisor.start_link(children, { strategy = "one_for_all" })
oracle.show_messages("start", 3)
GenServer.cast("b", { "stop", "boom" })
oracle.show_messages("message", 6)
oracle.show("children", Supervisor.count_children(sup))
