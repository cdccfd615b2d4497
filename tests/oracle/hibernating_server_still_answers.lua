local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Sleepy = GenServer.module "Sleepy"
function Sleepy.init(n) return "ok", n, "hibernate" end
function Sleepy.handle_call.get(n, from) return "reply", n, n, "hibernate" end
function Sleepy.handle_cast.add(n, m) return "noreply", n + m, "hibernate" end

local pid = GenServer.start_link(Sleepy, 1)
oracle.show("get", GenServer.call(pid, "get"))
GenServer.cast(pid, { "add", 2 })
oracle.show("get", GenServer.call(pid, "get"))
