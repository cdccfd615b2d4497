local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local children = {}
for i, id in ipairs { "a", "b", "c", "d" } do children[i] = oracle.worker(id, {}, { trap = true }) end
local sup = Supervisor.start_link(children, { strategy = "rest_for_one" })
oracle.show_messages("start", 4)
GenServer.cast("b", { "stop", "boom" })
oracle.show_messages("message", 6)
GenServer.cast("d", { "stop", "boom" })
oracle.show_messages("message", 2)
oracle.show("children", Supervisor.count_children(sup))
