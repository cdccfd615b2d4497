local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Store = GenServer.module "Store"
function Store.init(n) return "ok", n end
function Store.handle_call.get(n, from) return "reply", n, n end
function Store.handle_cast.put(_, value) return "noreply", value end

GenServer.start_link(Store, 7, { name = "store" })
oracle.show("abcast", GenServer.abcast("store", { "put", 8 }))
oracle.show("state", GenServer.call("store", "get"))
oracle.show("abcast to this node", GenServer.abcast({ "nonode@nohost" }, "store", { "put", 9 }))
oracle.show("state", GenServer.call("store", "get"))
oracle.show("abcast to no node", GenServer.abcast({}, "store", { "put", 10 }))
oracle.show("state", GenServer.call("store", "get"))
oracle.show("abcast to nobody", GenServer.abcast("nobody", { "put", 10 }))
