local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local sup = Supervisor.start_link({}, { strategy = "one_for_one" })
oracle.show_result("terminate_child", Supervisor.terminate_child(sup, "nobody"))
oracle.show_result("restart_child", Supervisor.restart_child(sup, "nobody"))
oracle.show_result("delete_child", Supervisor.delete_child(sup, "nobody"))
