local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Bare = GenServer.module "Bare"
function Bare.init(n) return "ok", n end

oracle.log_to_stderr()
local pid = GenServer.start(Bare, 7)
send(pid, { "surprise", 1 })
sys.get_state(pid)
GenServer.start(Bare, 7, { name = "bare" })
send("bare", 42)
sys.get_state("bare")
oracle.flush_log()
