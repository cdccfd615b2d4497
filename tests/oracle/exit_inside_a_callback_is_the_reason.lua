local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Leaving = GenServer.module "Leaving"
function Leaving.init(main) return "ok", main end
function Leaving.handle_cast(reason, main) exit(reason) end
function Leaving.terminate(reason, main) send(main, { "terminate", reason }) end

for i, reason in ipairs { "normal", "shutdown", { "left", 7 } } do
  local pid = GenServer.start(Leaving, self())
  local ref = Process.monitor(pid)
  GenServer.cast(pid, reason)
  oracle.show_messages("message", 1)
  oracle.show_reason("ended", oracle.down(ref))
end
