local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Inner = GenServer.module "Inner"
function Inner.start_link(children) return Supervisor.start_link(Inner, children) end
function Inner.init(children) return Supervisor.init(children, { strategy = "one_for_one" }) end

local function worker(id) return oracle.worker(id, {}, { trap = true }) end

local inner = {
  id = "inner", type = "supervisor", start = { Inner, "start_link", { { worker("b"), worker("c") } } },
}

local outer = Supervisor.start_link({ worker("a"), inner, worker("d") }, { strategy = "one_for_one" })
oracle.show_messages("start", 4)
oracle.show_result("stop", Supervisor.stop(outer))
oracle.show_messages("message", 4)
