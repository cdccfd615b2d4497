local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Counter = GenServer.module "Counter"
function Counter.start_link(n) return GenServer.start_link(Counter, n, { name = Counter }) end
function Counter.init(n) return "ok", n end
function Counter.handle_call.next(n, from) return "reply", n, n + 1 end
function Counter.handle_cast.crash(n) error("boom") end

Supervisor.start_link({ { Counter, 10 } }, { strategy = "one_for_one" })
oracle.show("next", GenServer.call(Counter, "next"))
oracle.show("next", GenServer.call(Counter, "next"))
GenServer.cast(Counter, "crash")
oracle.settle()
oracle.show("next", GenServer.call(Counter, "next"))
