local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")
Plain = GenServer.module "Plain"
function Plain.init(arg) return "ok", arg end

Own = GenServer.module "Own"
function Own.child_spec(arg)
  return { id = "own", restart = "temporary", shutdown = "infinity", start = { Own, "start_link", { arg } } }
end
function Own.start_link(arg) return GenServer.start_link(Own, arg) end
function Own.init(arg) return "ok", arg end

Top = Supervisor.module "Top"
function Top.start_link(arg) return Supervisor.start_link(Top, arg) end
function Top.init() return Supervisor.init({}, { strategy = "one_for_one" }) end

local function spec(given)
  given.start = nil
  oracle.show("spec", given)
end
local function one() return 1 end
spec(Plain.child_spec(1))
spec(Own.child_spec(1))
spec(Top.child_spec(1))
spec(Supervisor.child_spec({ Own, 1 }, { id = "other", restart = "transient" }))
spec(Supervisor.child_spec({ id = 1, start = { Own, "b", {} } }, { shutdown = 10 }))
spec(Agent.child_spec(one))
spec(Task.child_spec(one))
spec(DynamicSupervisor.child_spec { strategy = "one_for_one" })
spec(DynamicSupervisor.child_spec { name = "D" })
spec(Task.Supervisor.child_spec {})
spec(Task.Supervisor.child_spec { name = "T" })
spec(Registry.child_spec { keys = "unique", name = "R" })
local sup = Supervisor.start_link({ Plain, { Own, 2 }, Top, { Agent, one } }, { strategy = "one_for_one" })
local children = Supervisor.which_children(sup)
oracle.show("children", Enum.map(children, function(child) return { child[1], child[3], child[4] } end))
oracle.show("state", { sys.get_state(children[4][2]) })
oracle.show("counted", Supervisor.count_children(sup))
