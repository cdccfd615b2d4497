local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Holder = GenServer.module "Holder"
function Holder.init(state) return "ok", state end

local pid = GenServer.start_link(Holder, 1)
local ok = pcall(sys.replace_state, pid, function() error("boom") end)
oracle.show("raises", not ok)
oracle.show("alive", Process.alive(pid))
oracle.show("state", sys.get_state(pid))
