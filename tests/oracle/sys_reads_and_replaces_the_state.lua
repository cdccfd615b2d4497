local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Holder = GenServer.module "Holder"
function Holder.init(state) return "ok", state end

local pid = GenServer.start_link(Holder, { count = 1 }, { name = "holder" })
oracle.show("state", sys.get_state(pid))
oracle.show("by name", sys.get_state("holder"))
oracle.show("replaced", sys.replace_state(pid, function(state) return { count = state.count + 1 } end))
oracle.show("state", sys.get_state(pid))
