local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Server = GenServer.module "Server"
function Server.init(n) return "ok", n end
function Server.handle_call(request, from, n) return "reply", request, n + 1 end
function Server.handle_cast(_, n) return "noreply", n + 10 end
function Server.handle_info(_, n) return "noreply", n + 100 end

local pid = GenServer.start(Server, 0)
sys.log(pid, true)
GenServer.call(pid, "ask")
GenServer.cast(pid, "tell")
send(pid, "hello")
local log = sys.log(pid, "get")
assert(log[1][1] == "in" and log[1][2][1] == "$gen_call" and log[1][2][3] == "ask")
assert(log[2][1] == "out" and log[2][2] == "ask" and #log[2][3] == 2 and log[2][4] == 1)
oracle.show("log", { table.unpack(log, 3) })
local names, pairs = {}, sys.get_status(pid)[4][5][2][2]
for i, pair in ipairs(pairs) do names[i] = pair[1] end
oracle.show("names", names)
oracle.show("count", { #log, #pairs[3][2] })
