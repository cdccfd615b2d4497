local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Telling = GenServer.module "Telling"
function Telling.start(id, main)
  return GenServer.start_link(Worker, { id = id, main = main }, { name = id }), { "more", id }
end

local function child(id) return { id = id, start = { Telling, "start", { id, self() } } } end
local sup = Supervisor.start_link({ child("a") }, { strategy = "one_for_one" })
oracle.show_result("start_child", Supervisor.start_child(sup, child("b")))
GenServer.cast("a", { "stop", "crash" })
oracle.settle()
oracle.show_result("terminate", Supervisor.terminate_child(sup, "b"))
oracle.show_result("restart_child", Supervisor.restart_child(sup, "b"))
oracle.show_result("again", Supervisor.start_child(sup, child("b")))
local dynamic = DynamicSupervisor.start_link { strategy = "one_for_one" }
oracle.show_result("dynamic", DynamicSupervisor.start_child(dynamic, child("c")))
oracle.show_mailbox("message")
