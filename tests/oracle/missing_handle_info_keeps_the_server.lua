local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Bare = GenServer.module "Bare"
function Bare.init(n) return "ok", n end

local pid = GenServer.start_link(Bare, 5)
send(pid, "surprise")
send(pid, { "another", 1 })
oracle.show("state", sys.get_state(pid))
