local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Bare = GenServer.module "Bare"
function Bare.init(n) return "ok", n end

oracle.log_to_stderr()
local pid = GenServer.start(Bare, 7)
GenServer.cast(pid, 1)
oracle.flush_log_of(pid)
