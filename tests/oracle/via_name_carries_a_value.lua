local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Counter = GenServer.module "Counter"
function Counter.init(n) return "ok", n end
function Counter.handle_call.get(n, from) return "reply", n, n end
function Counter.handle_cast.add(n, k) return "noreply", n + k end
function Counter.handle_info.set(n, k) return "noreply", k end
Registry.start_link { keys = "unique", name = "R" }
local pid = GenServer.start_link(Counter, 1, { name = { "via", Registry, { "R", "counter", "extra" } } })
oracle.show("lookup", equal(Registry.lookup("R", "counter"), { { pid, "extra" } }))
oracle.show("values", Registry.values("R", "counter", pid))
oracle.show("call", GenServer.call({ "via", Registry, { "R", "counter" } }, "get"))
