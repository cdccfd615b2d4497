local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Odd = GenServer.module "Odd"
function Odd.init(n) return "ok", n end
function Odd.handle_cast() return "odd", 42 end

oracle.log_to_stderr()
local pid = GenServer.start(Odd, 7)
GenServer.cast(pid, 1)
oracle.flush_log_of(pid)
