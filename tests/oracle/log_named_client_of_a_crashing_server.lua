local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Fragile = GenServer.module "Fragile"
function Fragile.init(n) return "ok", n end
function Fragile.handle_call() error("boom") end

oracle.log_to_stderr()
Process.register(self(), "client")
local pid = GenServer.start(Fragile, 7)
oracle.caught(function() return GenServer.call(pid, 1) end)
oracle.flush_log_of(pid)
