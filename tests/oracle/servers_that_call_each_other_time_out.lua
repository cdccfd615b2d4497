local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Mutual = GenServer.module "Mutual"
function Mutual.init(main) return "ok", main end

function Mutual.handle_call.ask(main, from, other)
  local done, result = pcall(GenServer.call, other, { "ask", self() }, 50)
  if done then return "reply", result, main end
  local reason = result.reason
  return "reply", { "failed", reason[1], reason[2][3][3] }, main
end

local a = GenServer.start_link(Mutual, self())
local b = GenServer.start_link(Mutual, self())
oracle.show("asked", GenServer.call(a, { "ask", b }, 1000))
oracle.settle()
oracle.show("asked itself", oracle.caught(function() return GenServer.call(a, { "ask", a }) end))
oracle.show_mailbox("mailbox")
