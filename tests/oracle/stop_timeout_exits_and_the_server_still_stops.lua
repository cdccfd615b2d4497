local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Slow = GenServer.module "Slow"
function Slow.init(n) return "ok", n end
function Slow.terminate() Process.sleep(100) end

local slow = GenServer.start(Slow, 0)
local ref = Process.monitor(slow)
oracle.show_reason("caught", oracle.caught(function() return GenServer.stop(slow, "shutdown", 20) end))
oracle.show("alive", Process.alive(slow))
oracle.show_reason("ended", oracle.down(ref))
oracle.show_mailbox("mailbox")
