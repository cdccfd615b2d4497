-- args: --virtual --seed 1
-- A shopping cart and a count of visitors that each node keeps a copy of and changes by itself. The copies
-- are values that merge: whenever two nodes talk, both know what either knew.
local nodes = { Node.start("a"), Node.start("b"), Node.start("c") }

Cart = GenServer.module "Cart"
function Cart.init()
  net_kernel.monitor_nodes(true)
  return "ok", { items = CRDT.orset(), visitors = CRDT.pncounter() }
end

-- What has changed here goes to all; what comes from there is merged, and told nobody else.
local function changed(state)
  GenServer.abcast(Node.list(), Cart, { "merge", state })
  return "reply", "ok", state
end
function Cart.handle_call.add(state, from, item)
  state.items = state.items:add(Node.self(), item)
  return changed(state)
end
function Cart.handle_call.remove(state, from, item)
  state.items = state.items:remove(item)
  return changed(state)
end
function Cart.handle_call.visit(state, from, n)
  local count = state.visitors
  state.visitors = n > 0 and count:increment(Node.self(), n) or count:decrement(Node.self(), -n)
  return changed(state)
end
function Cart.handle_call.show(state)
  return "reply", table.concat(state.items:value(), ",") .. " " .. state.visitors:value(), state
end
function Cart.handle_cast.merge(state, other)
  state.items = state.items:merge(other.items)
  state.visitors = state.visitors:merge(other.visitors)
  return "noreply", state
end

-- A node that is back gets the whole copy, whatever it has missed.
function Cart.handle_info.nodeup(state, node)
  GenServer.cast({ Cart, node }, { "merge", state })
  return "noreply", state
end
function Cart.handle_info.nodedown(state) return "noreply", state end

for _, node in ipairs(nodes) do
  Node.spawn(node, function()
    GenServer.start(Cart, nil, { name = Cart })
    for _, other in ipairs(nodes) do Node.connect(other) end
  end)
end
Process.sleep(100)

local function ask(node, ...) return GenServer.call({ Cart, node .. "@local" }, { ... }) end
local function show()
  Process.sleep(100)
  print("a: " .. ask("a", "show"), "b: " .. ask("b", "show"), "c: " .. ask("c", "show"))
end

ask("a", "add", "milk")
ask("b", "add", "bread")
ask("c", "visit", 3)
show()                  -- expect: a: bread,milk 3	b: bread,milk 3	c: bread,milk 3

-- Both sides go on: one throws the milk out, the other puts another one in.
net.split { { "a" }, { "b", "c" } }
ask("a", "remove", "milk")
ask("a", "add", "salt")
ask("a", "visit", 2)
ask("b", "add", "milk")
ask("b", "remove", "bread")
ask("c", "visit", -1)
show()                  -- expect: a: bread,salt 5	b: milk 2	c: milk 2

-- Healed, all agree, and nothing that was added is lost: the milk that a removed was the one it knew of.
net.heal()
Node.spawn("a", function() Node.connect("b") Node.connect("c") end)
show()                  -- expect: a: milk,salt 4	b: milk,salt 4	c: milk,salt 4
