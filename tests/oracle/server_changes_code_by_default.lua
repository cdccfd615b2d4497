local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Server = GenServer.module "Server"
function Server.init(n) return "ok", n end

local pid = GenServer.start(Server, 1)
sys.suspend(pid)
oracle.show("change", sys.change_code(pid, Server, "old", "extra"))
sys.resume(pid)
oracle.show("state", sys.get_state(pid))
