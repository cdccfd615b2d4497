local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Odd = GenServer.module "Odd"
function Odd.init() return "ok", 0 end
function Odd.handle_call() return "odd" end
function Odd.handle_cast(message, n) return "reply", "ok", n end
function Odd.handle_info() return 42 end

for i, case in ipairs { { GenServer.cast, "cast" }, { send, "info" } } do
  local pid = GenServer.start(Odd, nil)
  local ref = Process.monitor(pid)
  case[1](pid, "hello")
  oracle.show_reason(case[2], oracle.down(ref))
end

local pid = GenServer.start(Odd, nil)
oracle.show_reason("call", oracle.caught(function() return GenServer.call(pid, "hello") end))
