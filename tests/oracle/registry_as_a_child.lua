local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

oracle.trap_exit()
local children = { { Registry, { keys = "unique", name = "R" } }, { Registry, { keys = "duplicate", name = "D" } } }
local sup = Supervisor.start_link(children, { strategy = "one_for_one" })
Registry.register("R", "key", 1)
oracle.show("lookup", Registry.lookup("R", "key"))
for _, child in ipairs(Supervisor.which_children(sup)) do
  oracle.show("child", { child[1], is_pid(child[2]), child[3], child[4] })
end
oracle.show("spec", Registry.child_spec { keys = "unique", name = "R" })
oracle.show_result("stop", Supervisor.stop(sup))
oracle.show("gone", Process.whereis("R"))
