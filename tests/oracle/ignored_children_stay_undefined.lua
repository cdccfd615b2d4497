local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Shy = GenServer.module "Shy"
function Shy.start_link() return GenServer.start_link(Shy, nil) end
function Shy.init() return "ignore" end

local children = {
  Supervisor.child_spec({ Shy, nil }, { id = "kept" }),
  Supervisor.child_spec({ Shy, nil }, { id = "dropped", restart = "temporary" }),
}

local sup = Supervisor.start_link(children, { strategy = "one_for_one" })
oracle.show("children", Supervisor.which_children(sup))
oracle.show("counts", Supervisor.count_children(sup))
oracle.show_result("restart_child", Supervisor.restart_child(sup, "dropped"))
