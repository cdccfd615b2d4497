-- A module without a name becomes a child by a start function, as the error of its short form says.
-- args: --virtual
local Counter = {}
function Counter.init(n) return "ok", n end
function Counter.start_link(n) return GenServer.start_link(Counter, n) end

print(select(2, pcall(Supervisor.start_link, { { Counter, 3 } }, { strategy = "one_for_one" })))
-- expect: a module without a name needs a child specification with an explicit id: { id = "…", start = function() return Module.start_link(arg) end }, or a name by GenServer.module

local child = { id = "counter", start = function() return Counter.start_link(3) end }
local sup = Supervisor.start_link({ child }, { strategy = "one_for_one" })
local function pid() return Supervisor.which_children(sup)[1][2] end
local first = pid()
Process.exit(first, "kill")
Process.sleep(10)
print(sys.get_state(pid()), pid() ~= first)
-- expect: 3	true
