local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Fragile = GenServer.module "Fragile"
function Fragile.init(n) return "ok", n end
function Fragile.handle_cast() error("boom") end

oracle.log_to_stderr()
GenServer.start(Fragile, 7, { name = "fragile" })
GenServer.cast("fragile", 1)
oracle.flush_log()
