-- args: --virtual --seed 1
-- Each key has one owner, which all nodes work out from its name: consistent hashing. Only the owner has
-- the value, so there are never two of them; who cannot reach it gets no answer instead of a wrong one.
local nodes = { Node.start("a"), Node.start("b"), Node.start("c") }
local ring = Ring.new(nodes)

Store = GenServer.module "Store"
function Store.init() return "ok", {} end
function Store.handle_call.get(state, from, key) return "reply", state[key], state end
function Store.handle_call.put(state, from, key, value)
  state[key] = value
  return "reply", "ok", state
end

-- For whoever wants the key: what its owner says, or that there is no way to it.
local function ask(request, key, ...)
  local owner = Ring.node(ring, key)
  local ok, answer = pcall(GenServer.call, { Store, owner }, { request, key, ... }, 1000)
  return ok and tostring(answer) or "unavailable"
end

-- On each node somebody who asks for others.
for _, node in ipairs(nodes) do
  Node.spawn(node, function()
    GenServer.start(Store, nil, { name = Store })
    Process.register(self(), "user")
    while true do
      receive { { { any, any }, function(from, request) send(from, { Node.self(), ask(table.unpack(request)) }) end } }
    end
  end)
end

local function from(node, ...)
  send({ "user", node .. "@local" }, { self(), { ... } })
  return receive()[2]
end
local function everywhere(key)
  print(key, "a: " .. from("a", "get", key), "b: " .. from("b", "get", key), "c: " .. from("c", "get", key))
end

for _, key in ipairs { "apple", "bean", "cherry" } do print(key, Ring.node(ring, key)) end
-- expect: apple	b@local
-- expect: bean	a@local
-- expect: cherry	c@local
print(from("a", "put", "apple", 1), from("b", "put", "bean", 2), from("c", "put", "cherry", 3))
-- expect: ok	ok	ok
everywhere("apple")     -- expect: apple	a: 1	b: 1	c: 1
everywhere("bean")      -- expect: bean	a: 2	b: 2	c: 2

-- On the owner's side all goes on; on the other the key is not to be had, nor to be written.
net.split { { "a" }, { "b", "c" } }
print(from("a", "put", "apple", 10), from("c", "put", "apple", 11))     -- expect: unavailable	ok
print(from("a", "put", "bean", 20), from("c", "put", "bean", 21))       -- expect: ok	unavailable
everywhere("apple")     -- expect: apple	a: unavailable	b: 11	c: 11
everywhere("bean")      -- expect: bean	a: 20	b: unavailable	c: unavailable

-- Healed, all agree at once: there was nothing to bring together.
net.heal()
everywhere("apple")     -- expect: apple	a: 11	b: 11	c: 11
everywhere("bean")      -- expect: bean	a: 20	b: 20	c: 20
everywhere("cherry")    -- expect: cherry	a: 3	b: 3	c: 3
