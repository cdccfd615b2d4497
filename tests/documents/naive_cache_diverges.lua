-- args: --virtual --seed 1
-- A cache on each node that tells the others what it is given. That works until the net splits.
local nodes = { Node.start("a"), Node.start("b"), Node.start("c") }

Cache = GenServer.module "Cache"
function Cache.put(key, value) return GenServer.call(Cache, { "put", key, value }) end

function Cache.init() return "ok", {} end
function Cache.handle_call.get(state, from, key) return "reply", state[key], state end
function Cache.handle_call.put(state, from, key, value)
  state[key] = value
  GenServer.abcast(Node.list(), Cache, { "copy", key, value })
  return "reply", "ok", state
end
function Cache.handle_cast.copy(state, key, value)
  state[key] = value
  return "noreply", state
end

for _, node in ipairs(nodes) do
  Node.spawn(node, function()
    GenServer.start(Cache, nil, { name = Cache })
    for _, other in ipairs(nodes) do Node.connect(other) end
  end)
end
Process.sleep(100)

local function on(node, fn) Node.spawn(node, fn) Process.sleep(100) end
local function show(key)
  local values = {}
  for i, node in ipairs(nodes) do
    values[i] = node:sub(1, 1) .. "=" .. tostring(GenServer.call({ Cache, node }, { "get", key }))
  end
  print(key, table.concat(values, " "))
end

on("a", function() Cache.put("price", 10) end)
show("price")                                   -- expect: price	a=10 b=10 c=10

-- Each side goes on, and answers, as if it were alone.
net.split { { "a" }, { "b", "c" } }
on("a", function() Cache.put("price", 11) end)
on("c", function() Cache.put("price", 12) end)
on("c", function() Cache.put("stock", 5) end)
show("price")                                   -- expect: price	a=11 b=12 c=12

-- The net heals, the caches do not: nobody tells a node what it has missed.
net.heal()
on("a", function() Node.connect("b") Node.connect("c") end)
Process.sleep(3600000)
show("price")                                   -- expect: price	a=11 b=12 c=12
show("stock")                                   -- expect: stock	a=nil b=5 c=5

-- Whom you ask decides what you hear, until somebody happens to write that key again.
on("b", function() Cache.put("price", 13) end)
show("price")                                   -- expect: price	a=13 b=13 c=13
show("stock")                                   -- expect: stock	a=nil b=5 c=5
