local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Slow = GenServer.module "Slow"
function Slow.init(n) return "ok", n end
function Slow.handle_call.get(n, from)
  Process.sleep(100)
  return "reply", n, n
end

GenServer.start_link(Slow, 7, { name = "slow" })
local replies, bad = GenServer.multi_call({ "nonode@nohost" }, "slow", "get", 20)
oracle.show("replies", replies)
oracle.show("without an answer", bad)
Process.sleep(200)
oracle.show_mailbox("the late answer")
