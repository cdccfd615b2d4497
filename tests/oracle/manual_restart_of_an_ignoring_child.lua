local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Shy = GenServer.module "Shy"
function Shy.init() return "ignore" end

oracle.trap_exit()
local sup = Supervisor.start_link({ Shy }, { strategy = "one_for_one" })
oracle.show_result("restart_child", Supervisor.restart_child(sup, Shy))
oracle.show_result("start_child", Supervisor.start_child(sup, Shy))
oracle.show_result("terminate_child", Supervisor.terminate_child(sup, Shy))
oracle.show("count", Supervisor.count_children(sup))
local temporary = { id = "other", start = { Shy, "start_link", { "nil" } }, restart = "temporary" }
oracle.show_result("start_child", Supervisor.start_child(sup, temporary))
oracle.show("count", Supervisor.count_children(sup))
