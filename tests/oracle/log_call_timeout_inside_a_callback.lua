local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Asking = GenServer.module "Asking"
function Asking.init(n) return "ok", n end
function Asking.handle_cast.ask(n, pid) return "noreply", GenServer.call(pid, 1, 20) + n end

oracle.log_to_stderr()
local silent = spawn(function() Process.sleep("infinity") end)
local pid = GenServer.start(Asking, 7)
GenServer.cast(pid, { "ask", silent })
oracle.flush_log_of(pid)
