local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Leaving = GenServer.module "Leaving"
function Leaving.init(n) return "ok", n end
function Leaving.handle_cast(reason) exit(reason) end

oracle.log_to_stderr()

for i, reason in ipairs { "boom", "normal", "shutdown", { "shutdown", 1 } } do
  local pid = GenServer.start(Leaving, 7)
  GenServer.cast(pid, reason)
  oracle.flush_log_of(pid)
end
