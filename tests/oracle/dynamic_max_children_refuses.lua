local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local sup = DynamicSupervisor.start_link { strategy = "one_for_one", max_children = 1 }
local pid = DynamicSupervisor.start_child(sup, oracle.worker("a"))
oracle.show_result("second", DynamicSupervisor.start_child(sup, oracle.worker("b")))
oracle.show_result("stop", DynamicSupervisor.terminate_child(sup, pid))
DynamicSupervisor.start_child(sup, oracle.worker("b"))
oracle.show("count", DynamicSupervisor.count_children(sup))
local none = DynamicSupervisor.start_link { strategy = "one_for_one", max_children = 0 }
oracle.show_result("none", DynamicSupervisor.start_child(none, oracle.worker("c")))
