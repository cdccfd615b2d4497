-- debug = { … } switches on from the start what sys switches on later.
Noted = GenServer.module "Noted"
function Noted.init(n) return "ok", n end
function Noted.handle_call.get(n, from) return "reply", n, n end

local pid = GenServer.start_link(Noted, 1, { debug = { { "log", 5 }, "statistics" } })
GenServer.call(pid, "get")
print(#sys.log(pid, "get"))                       -- expect: 2
print(sys.statistics(pid, "get").messages_in)     -- expect: 1

local quiet = GenServer.start_link(Noted, 1)
GenServer.call(quiet, "get")
print(sys.statistics(quiet, "get"))               -- expect: no_statistics

local unknown = GenServer.start_link(Noted, 1, { debug = { "what", 7 } })
print(GenServer.call(unknown, "get"))             -- expect: 1
