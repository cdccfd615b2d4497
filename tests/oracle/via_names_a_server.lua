local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Counter = GenServer.module "Counter"
function Counter.init(n) return "ok", n end
function Counter.handle_call.get(n, from) return "reply", n, n end
function Counter.handle_cast.add(n, k) return "noreply", n + k end
function Counter.handle_info.set(n, k) return "noreply", k end
Registry.start_link { keys = "unique", name = "R" }
local name = { "via", Registry, { "R", "counter" } }
local pid = GenServer.start_link(Counter, 1, { name = name })
oracle.show("whereis", GenServer.whereis(name) == pid)
oracle.show("call", GenServer.call(name, "get"))
oracle.show_result("cast", GenServer.cast(name, { "add", 2 }))
oracle.show("call", GenServer.call(name, "get"))
Registry.send({ "R", "counter" }, { "set", 9 })
oracle.show("call", GenServer.call(name, "get"))
oracle.show_result("second", GenServer.start_link(Counter, 1, { name = name }))
oracle.show("lookup", equal(Registry.lookup("R", "counter"), { { pid } }))
oracle.show_result("stop", GenServer.stop(name))
oracle.show("gone", GenServer.whereis(name))
GenServer.start_link(Counter, 5, { name = name })
oracle.show("anew", GenServer.call(name, "get"))
