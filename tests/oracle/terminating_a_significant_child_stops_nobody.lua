local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Tree = Supervisor.module "Tree"
function Tree.init(arg) return Supervisor.init(arg[2], arg[1]) end

oracle.trap_exit()
local child = oracle.worker("a", { restart = "transient", significant = true })
local sup = Supervisor.start_link(Tree, { { strategy = "one_for_one", auto_shutdown = "any_significant" }, { child } })
oracle.show_result("terminate_child", Supervisor.terminate_child(sup, "a"))
oracle.settle()
oracle.show("children", Supervisor.which_children(sup))
