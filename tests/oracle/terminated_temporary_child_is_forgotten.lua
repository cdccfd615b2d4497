local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local sup = Supervisor.start_link({ oracle.worker("a", { restart = "temporary" }) }, { strategy = "one_for_one" })
oracle.show_result("terminate_child", Supervisor.terminate_child(sup, "a"))
oracle.show_result("restart_child", Supervisor.restart_child(sup, "a"))
oracle.show("children", Supervisor.which_children(sup))
