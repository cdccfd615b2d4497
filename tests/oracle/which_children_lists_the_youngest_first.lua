local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Inner = GenServer.module "Inner"
function Inner.start_link() return Supervisor.start_link(Inner, nil) end
function Inner.init() return Supervisor.init({}, { strategy = "one_for_one" }) end

local inner = { id = "Inner", type = "supervisor", start = { Inner, "start_link", {} } }
local children = { oracle.worker("a"), inner, oracle.worker("c", { restart = "transient" }) }
local sup = Supervisor.start_link(children, { strategy = "one_for_one" })
oracle.show("a", Process.whereis("a"))
oracle.show("children", Supervisor.which_children(sup))
oracle.show("counts", Supervisor.count_children(sup))
GenServer.stop("c")
oracle.settle()
Supervisor.terminate_child(sup, "a")
oracle.show("children", Supervisor.which_children(sup))
oracle.show("counts", Supervisor.count_children(sup))
