local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Counter = GenServer.module "Counter"
function Counter.init(n) return "ok", n end
function Counter.handle_call.get(n, from) return "reply", n, n end
function Counter.handle_cast.add(n, k) return "noreply", n + k end
function Counter.handle_info.set(n, k) return "noreply", k end
Registry.start_link { keys = "unique", name = "R" }
local function via(key) return { "via", Registry, { "R", key } } end
local children = {}
for _, key in ipairs { "a", "b" } do
  children[#children + 1] = {
    id = key,
    start = function() return GenServer.start_link(Counter, 1, { name = via(key) }) end,
  }
end
local sup = Supervisor.start_link(children, { strategy = "one_for_one", name = via("sup") })
local first = GenServer.whereis(via("a"))
GenServer.cast(via("a"), { "add", 5 })
oracle.show("before", GenServer.call(via("a"), "get"))
local ref = Process.monitor(first)
Process.exit(first, "kill")
oracle.show("down", oracle.down(ref))
oracle.settle()
oracle.show("restarted", GenServer.whereis(via("a")) ~= first)
oracle.show("after", GenServer.call(via("a"), "get"))
oracle.show("supervisor", GenServer.whereis(via("sup")) == sup)
oracle.show("children", Supervisor.count_children(via("sup")))
local keys = Registry.select("R", { { { "$1", "_", "_" }, {}, { "$1" } } })
table.sort(keys)
oracle.show("keys", keys)
