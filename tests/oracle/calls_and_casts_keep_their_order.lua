local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Counter = GenServer.module "Counter"
function Counter.init(n) return "ok", n end
function Counter.handle_call.get(n, from) return "reply", n, n end
function Counter.handle_call.add(n, from, m) return "reply", "ok", n + m end
function Counter.handle_cast.add(n, m) return "noreply", n + m end

local counter = GenServer.start_link(Counter, 1)
oracle.show_result("call", GenServer.call(counter, "get"))
oracle.show_result("cast", GenServer.cast(counter, { "add", 10 }))
oracle.show_result("call", GenServer.call(counter, "get"))
oracle.show("reply", GenServer.call(counter, { "add", 100 }))
for i = 1, 5 do GenServer.cast(counter, { "add", 1 }) end
oracle.show_result("call", GenServer.call(counter, "get"))
