local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Stopping = GenServer.module "Stopping"
function Stopping.init(n) return "ok", n end
function Stopping.handle_call(reason, from, n) return "stop", reason, n end

oracle.log_to_stderr()
local pid = GenServer.start(Stopping, 7)
oracle.caught(function() return GenServer.call(pid, "boom") end)
oracle.flush_log_of(pid)
