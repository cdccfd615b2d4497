local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Delegating = GenServer.module "Delegating"
function Delegating.init() return "ok", 0 end

function Delegating.handle_call.delegate(n, from)
  spawn(function() GenServer.reply(from, "from_elsewhere") end)
  return "noreply", n + 1
end

function Delegating.handle_call.count(n, from) return "reply", n, n end

local pid = GenServer.start_link(Delegating, nil)
oracle.show("reply", GenServer.call(pid, "delegate"))
oracle.show("count", GenServer.call(pid, "count"))
oracle.show_mailbox("mailbox")
