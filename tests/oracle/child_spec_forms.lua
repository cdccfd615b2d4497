local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Named = GenServer.module "Named"
function Named.start_link(arg) return GenServer.start_link(Named, arg) end
function Named.init(arg) return "ok", arg end

Custom = GenServer.module "Custom"

function Custom.child_spec(arg)
  return { id = { "custom", arg }, start = { Custom, "start_link", { arg } }, restart = "temporary" }
end

function Custom.start_link(arg) return GenServer.start_link(Custom, arg) end
function Custom.init(arg) return "ok", arg end

oracle.show("overridden", Supervisor.child_spec({ Custom, 7 }, { id = "other", shutdown = 100 }))
oracle.show("map", Supervisor.child_spec(oracle.worker("a"), { restart = "temporary" }).restart)

local children = { { Named, 1 }, { Custom, 2 }, Supervisor.child_spec({ Named, 3 }, { id = "third" }) }
local sup = Supervisor.start_link(children, { strategy = "one_for_one" })
oracle.show("children", Supervisor.which_children(sup))
oracle.show_result("start_child", Supervisor.start_child(sup, { Custom, 4 }))
