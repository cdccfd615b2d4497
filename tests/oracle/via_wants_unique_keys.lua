local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Counter = GenServer.module "Counter"
function Counter.init(n) return "ok", n end
function Counter.handle_call.get(n, from) return "reply", n, n end
function Counter.handle_cast.add(n, k) return "noreply", n + k end
function Counter.handle_info.set(n, k) return "noreply", k end
Registry.start_link { keys = "duplicate", name = "R" }
local name = { "via", Registry, { "R", "key" } }
oracle.show("whereis", oracle.caught(function() return GenServer.whereis(name) end))
oracle.show("call", oracle.caught(function() return GenServer.call(name, "get") end))
