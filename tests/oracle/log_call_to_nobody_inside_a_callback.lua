local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Asking = GenServer.module "Asking"
function Asking.init(n) return "ok", n end
function Asking.handle_cast.ask(n, name) return "noreply", GenServer.call(name, 1) + n end

oracle.log_to_stderr()
local pid = GenServer.start(Asking, 7)
GenServer.cast(pid, { "ask", "nobody" })
oracle.flush_log_of(pid)
