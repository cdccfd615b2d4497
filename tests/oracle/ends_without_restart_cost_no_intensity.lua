local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

oracle.trap_exit()
local children = {}
for i, id in ipairs { "a", "b", "c" } do children[i] = oracle.worker(id, { restart = "transient" }) end
local sup = Supervisor.start_link(children, { strategy = "one_for_one", max_restarts = 0 })
oracle.show_messages("start", 3)
for i, id in ipairs { "a", "b", "c" } do GenServer.stop(id, "shutdown") end
oracle.show_messages("message", 3)
oracle.show("children", Supervisor.count_children(sup))
