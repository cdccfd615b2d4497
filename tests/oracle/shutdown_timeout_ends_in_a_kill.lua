local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Clinging = GenServer.module "Clinging"
function Clinging.start_link(id) return GenServer.start_link(Clinging, nil, { name = id }) end

function Clinging.init()
  Process.flag("trap_exit", true)
  return "ok", nil
end

function Clinging.terminate() Process.sleep("infinity") end

local child = { id = "a", start = { Clinging, "start_link", { "a" } }, shutdown = 50 }
local sup = Supervisor.start_link({ child }, { strategy = "one_for_one" })
local ref = Process.monitor("a")
oracle.show_result("terminate_child", Supervisor.terminate_child(sup, "a"))
oracle.show_reason("ended", oracle.down(ref))
