local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Clumsy = GenServer.module "Clumsy"
function Clumsy.init(n) return "ok", n end
function Clumsy.terminate() error("boom") end

oracle.log_to_stderr()
local pid = GenServer.start(Clumsy, 7)
oracle.caught(function() return GenServer.stop(pid) end)
oracle.flush_log_of(pid)
