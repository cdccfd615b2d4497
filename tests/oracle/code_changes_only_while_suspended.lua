local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Store = GenServer.module "Store"
function Store.init(n) return "ok", n end
function Store.handle_call.get(n, from) return "reply", n, n end
function Store.handle_cast.put(_, value) return "noreply", value end

local pid = GenServer.start_link(Store, 1)
oracle.show_result("change_code", sys.change_code(pid, Store, "1.0", "new"))
oracle.show("state", GenServer.call(pid, "get"))
