-- args: --virtual --seed 1
-- A cache on each node in which the last writer wins: every value carries a stamp, and of two values for a
-- key the one with the later stamp stays. Nodes that meet exchange all they have.
local nodes = { Node.start("a"), Node.start("b"), Node.start("c") }

Cache = GenServer.module "Cache"
function Cache.init()
  net_kernel.monitor_nodes(true)
  return "ok", {}
end

-- A stamp: the time, and for the same time the node, so that all nodes decide alike.
local function is_later(one, other)
  if not other then return true end
  if one.time ~= other.time then return one.time > other.time end
  return one.node > other.node
end

function Cache.handle_call.get(state, from, key)
  return "reply", state[key] and state[key].value, state
end
function Cache.handle_call.put(state, from, key, value)
  state[key] = { value = value, time = System.system_time("millisecond"), node = Node.self() }
  GenServer.abcast(Node.list(), Cache, { "merge", { [key] = state[key] } })
  return "reply", "ok", state
end
function Cache.handle_cast.merge(state, entries)
  for key, entry in pairs(entries) do
    if is_later(entry, state[key]) then state[key] = entry end
  end
  return "noreply", state
end
function Cache.handle_info.nodeup(state, node)
  GenServer.cast({ Cache, node }, { "merge", state })
  return "noreply", state
end
function Cache.handle_info.nodedown(state) return "noreply", state end

for _, node in ipairs(nodes) do
  Node.spawn(node, function()
    GenServer.start(Cache, nil, { name = Cache })
    for _, other in ipairs(nodes) do Node.connect(other) end
  end)
end
Process.sleep(100)

local function put(node, key, value)
  Process.sleep(10)
  return GenServer.call({ Cache, node .. "@local" }, { "put", key, value })
end
local function show(key)
  Process.sleep(100)
  local values = {}
  for i, node in ipairs(nodes) do
    values[i] = node:sub(1, 1) .. "=" .. tostring(GenServer.call({ Cache, node }, { "get", key }))
  end
  print(key, table.concat(values, " "))
end

put("a", "price", 10)
show("price")                   -- expect: price	a=10 b=10 c=10

net.split { { "a" }, { "b", "c" } }
put("a", "price", 11)           -- answered with "ok" …
put("c", "price", 12)
put("c", "stock", 5)
put("a", "colour", "red")
show("price")                   -- expect: price	a=11 b=12 c=12

-- All agree after the heal, and nobody has to write anything again.
net.heal()
Node.spawn("a", function() Node.connect("b") Node.connect("c") end)
show("price")                   -- expect: price	a=12 b=12 c=12
show("stock")                   -- expect: stock	a=5 b=5 c=5
show("colour")                  -- expect: colour	a=red b=red c=red

-- … and the 11 is lost without a word, though a had confirmed it. That is the price: fine for a cache whose
-- values can be had again, wrong for a cart or a counter.
