local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Fragile = GenServer.module "Fragile"
function Fragile.init(reason) return "ok", reason, { "continue", "connect" } end
function Fragile.handle_continue(step, reason) return "stop", reason, reason end

oracle.trap_exit()

for i, reason in ipairs { "normal", "refused" } do
  local pid = GenServer.start_link(Fragile, reason)
  oracle.show("started", is_pid(pid))
  oracle.show_messages("message", 1)
end
