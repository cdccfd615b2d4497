local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Fragile = GenServer.module "Fragile"
function Fragile.init(n) return "ok", n end
function Fragile.handle_info() error("boom") end

oracle.log_to_stderr()
local pid = GenServer.start(Fragile, { count = 7 })
send(pid, "hello")
oracle.flush_log_of(pid)
