local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Stopping = GenServer.module "Stopping"
function Stopping.init(n) return "ok", n end
function Stopping.handle_cast(reason, n) return "stop", reason, n end

oracle.log_to_stderr()

for i, reason in ipairs { "boom", { "bad", 3 } } do
  local pid = GenServer.start(Stopping, 7)
  GenServer.cast(pid, reason)
  oracle.flush_log_of(pid)
end
