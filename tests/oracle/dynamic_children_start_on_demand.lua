local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local sup = DynamicSupervisor.start_link { strategy = "one_for_one" }
oracle.show("children", DynamicSupervisor.which_children(sup))
local a = DynamicSupervisor.start_child(sup, oracle.worker("a"))
local b = DynamicSupervisor.start_child(sup, oracle.worker("b", { type = "supervisor" }))
oracle.show("a and b", { a, b })
oracle.show("children", DynamicSupervisor.which_children(sup))
oracle.show("count", DynamicSupervisor.count_children(sup))
oracle.show_mailbox("message")
