local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Slow = GenServer.module "Slow"
function Slow.init(n) return "ok", n end

function Slow.handle_call.slow(n, from)
  Process.sleep(100)
  return "reply", "done", n + 1
end

function Slow.handle_call.count(n, from) return "reply", n, n end

local slow = GenServer.start_link(Slow, 0)
oracle.show_reason("slow", oracle.caught(function() return GenServer.call(slow, "slow", 20) end))
oracle.show("count", GenServer.call(slow, "count"))
oracle.show("slow", GenServer.call(slow, "slow", 1000))
