local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local main = self()

Keeper = GenServer.module "Keeper"
function Keeper.init(state) return "ok", state end
function Keeper.handle_call.get(state) return "reply", state, state end
function Keeper.handle_call.put(state, from, key, value)
  state[key] = value
  return "reply", "ok", state
end

local message = { count = 1, list = { 1, 2 } }
send(main, message)
message.count = 2
oracle.show_messages("message", 1)
local keeper = GenServer.start_link(Keeper, message)
local seen = GenServer.call(keeper, "get")
seen.count = 99
oracle.show("mine", seen.count)
oracle.show("its own", GenServer.call(keeper, "get").count)
local inner = { deep = 1 }
GenServer.call(keeper, { "put", "inner", inner })
inner.deep = 2
oracle.show("inner", GenServer.call(keeper, "get").inner)
local state = sys.get_state(keeper)
state.count = 5
oracle.show("count", GenServer.call(keeper, "get").count)
