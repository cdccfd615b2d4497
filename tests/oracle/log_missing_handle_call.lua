local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Bare = GenServer.module "Bare"
function Bare.init(n) return "ok", n end

oracle.log_to_stderr()
local pid = GenServer.start(Bare, 7)
oracle.caught(function() return GenServer.call(pid, 1) end)
oracle.flush_log_of(pid)
