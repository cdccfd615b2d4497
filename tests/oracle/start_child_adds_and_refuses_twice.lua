local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local sup = Supervisor.start_link({}, { strategy = "one_for_one" })
oracle.show_result("start_child", Supervisor.start_child(sup, oracle.worker("a")))
oracle.show_result("again", Supervisor.start_child(sup, oracle.worker("a")))
Supervisor.terminate_child(sup, "a")
oracle.show_result("when terminated", Supervisor.start_child(sup, oracle.worker("a")))
oracle.show("counts", Supervisor.count_children(sup))
