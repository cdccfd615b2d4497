local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Store = GenServer.module "Store"
function Store.init(n) return "ok", n end
function Store.handle_call.get(n, from) return "reply", n, n end
function Store.handle_cast.put(_, value) return "noreply", value end

GenServer.start_link(Store, 7, { name = "store" })
local function show(label, replies, bad)
  oracle.show(label, replies)
  oracle.show(label .. " without an answer", bad)
end
show("all", GenServer.multi_call("store", "get"))
show("this node", GenServer.multi_call({ "nonode@nohost" }, "store", "get"))
show("nobody", GenServer.multi_call("nobody", "get"))
show("no node", GenServer.multi_call({}, "store", "get"))
