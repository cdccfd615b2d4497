local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local sup = DynamicSupervisor.start_link { strategy = "one_for_one" }
local pid = DynamicSupervisor.start_child(sup, oracle.worker("a", {}, { trap = true }))
oracle.show_messages("message", 1)
oracle.show_result("stop", DynamicSupervisor.terminate_child(sup, pid))
oracle.show_messages("message", 1)
oracle.show_result("again", DynamicSupervisor.terminate_child(sup, pid))
oracle.show("children", DynamicSupervisor.which_children(sup))
local _, reason = DynamicSupervisor.terminate_child(sup, self())
oracle.show("stranger", reason)
