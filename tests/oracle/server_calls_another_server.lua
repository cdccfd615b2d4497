local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Relay = GenServer.module "Relay"
function Relay.init(next) return "ok", next end

function Relay.handle_call.add(next, from, n)
  if next == nil then return "reply", n, nil end
  return "reply", GenServer.call(next, { "add", n + 1 }), next
end

local last = GenServer.start_link(Relay, nil)
local middle = GenServer.start_link(Relay, last)
local first = GenServer.start_link(Relay, middle)
oracle.show("answer", GenServer.call(first, { "add", 40 }))
