local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Server = GenServer.module "Server"
function Server.init(n) return "ok", n end

local pid = GenServer.start(Server, 1, { name = "known" })
Registry.start_link { keys = "unique", name = "Names" }
local other = GenServer.start(Server, 2, { name = { "via", Registry, { "Names", "key" } } })
oracle.show("pid", GenServer.whereis(pid) == pid)
oracle.show("name", GenServer.whereis("known") == pid)
oracle.show("node", GenServer.whereis({ "known", Node and Node.self() or "nonode@nohost" }) == pid)
oracle.show("via", GenServer.whereis({ "via", Registry, { "Names", "key" } }) == other)
oracle.show("unknown", GenServer.whereis("unknown"))
oracle.show("via nobody", GenServer.whereis({ "via", Registry, { "Names", "nobody" } }))
