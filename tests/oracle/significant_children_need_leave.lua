local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Tree = Supervisor.module "Tree"
function Tree.init(arg) return Supervisor.init(arg[2], arg[1]) end

oracle.trap_exit()

for _, case in ipairs { { "never", "transient" }, { "any_significant", "permanent" } } do
  local child = oracle.worker("a", { restart = case[2], significant = true })
  oracle.show_result("start_link", Supervisor.start_link(Tree, { { strategy = "one_for_one", auto_shutdown = case[1] }, { child } }))
end
