local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Store = GenServer.module "Store"
function Store.init(n) return "ok", n end
function Store.handle_call.get(n, from) return "reply", n, n end
function Store.handle_cast.put(_, value) return "noreply", value end

local pid = GenServer.start_link(Store, 1)
sys.suspend(pid)
oracle.show_result("suspend again", sys.suspend(pid))
oracle.show("state", sys.get_state(pid))
oracle.show("replaced", sys.replace_state(pid, function(n) return n + 1 end))
oracle.show("call", oracle.caught(function() return GenServer.call(pid, "get", 20) end)[1])
sys.resume(pid)
oracle.show_result("resume again", sys.resume(pid))
oracle.show("call", GenServer.call(pid, "get"))
