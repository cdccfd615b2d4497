local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Suicidal = GenServer.module "Suicidal"
function Suicidal.init() return "ok", 0 end

function Suicidal.handle_call.stop(n, from)
  local ok, err = pcall(GenServer.stop, self())
  return "reply", { err.kind, err.reason }, n
end

local pid = GenServer.start(Suicidal, nil)
oracle.show_reason("caught", GenServer.call(pid, "stop"))
oracle.show("alive", Process.alive(pid))
