-- Consistent hashing: balanced, the same everywhere, and few keys move.
local function complaint(...) return (select(2, pcall(...)):gsub("^[^\n]-:%d+: ", "")) end
local names = {}
for i = 1, 10 do names[i] = "node" .. i end
local ring, keys = Ring.new(names), 10000

local function spread(r)
  local owners, counts = {}, {}
  for i = 1, keys do
    local node = Ring.node(r, "key" .. i)
    owners[i], counts[node] = node, (counts[node] or 0) + 1
  end
  return owners, counts
end

local before, counts = spread(ring)
local least, most = keys, 0
for _, count in pairs(counts) do least, most = math.min(least, count), math.max(most, count) end
print(least > 600, most < 1400) -- expect: true	true

-- The hash is the same on every machine, whatever the order of the nodes.
print(Ring.node(ring, "key1"), Ring.node(ring, 42), Ring.node(ring, { "a", 1 })) -- expect: node10	node2	node1
local backwards = {}
for i = 10, 1, -1 do backwards[#backwards + 1] = names[i] end
print(equal(Ring.new(backwards), ring), equal(Ring.new { "a", "a" }, Ring.new { "a" })) -- expect: true	true

-- Only keys that go to the new node move, about one in eleven.
local after = spread(Ring.add(ring, "new"))
local moved, astray = 0, 0
for i = 1, keys do
  if after[i] ~= before[i] then
    moved = moved + 1
    if after[i] ~= "new" then astray = astray + 1 end
  end
end
print(moved > 500 and moved < 1400, astray) -- expect: true	0

-- Only keys of the removed node move.
after, astray = spread(Ring.remove(ring, "node3")), 0
for i = 1, keys do
  if after[i] ~= before[i] and before[i] ~= "node3" then astray = astray + 1 end
  if after[i] == "node3" then astray = astray + 1 end
end
print(astray) -- expect: 0
print(equal(Ring.remove(Ring.add(ring, "new"), "new"), ring)) -- expect: true

-- Copies are kept on different nodes, the owner first.
for i = 1, 200 do
  local owners, seen = Ring.owners(ring, "key" .. i, 3), {}
  assert(#owners == 3 and owners[1] == before[i])
  for _, node in ipairs(owners) do
    assert(not seen[node])
    seen[node] = true
  end
  assert(Ring.node(Ring.remove(ring, owners[1]), "key" .. i) == owners[2])
end
print(#Ring.owners(ring, "k", 99), #Ring.owners(Ring.new {}, "k", 2), Ring.node(Ring.new {}, "k")) -- expect: 10	0	nil

-- A ring travels.
local me = self()
spawn(function() send(me, { ring:node("key1"), ring }) end)
local message = receive()
print(message[1] == before[1], equal(message[2], ring), message[2]:node("key2") == before[2]) -- expect: true	true	true
print(inspect(Ring.new({ "b", "a" }, 2):nodes())) -- expect: { "a", "b" }

print(complaint(Ring.new, 1)) -- expect: bad argument #1 to 'Ring.new' (nodes: an array of nodes expected, got 1)
print(complaint(Ring.new, { "a" }, 0)) -- expect: bad argument #2 to 'Ring.new' (replicas: a positive integer expected, got 0)
print(complaint(Ring.node, {}, 1)) -- expect: bad argument #1 to 'Ring.node' (ring: a Ring expected, got {})
print(complaint(Ring.add, ring, {})) -- expect: bad argument #2 to 'Ring.add' (node: a string or a pid expected, got {})
print(complaint(Ring.owners, ring, "k")) -- expect: bad argument #3 to 'Ring.owners' (n: a natural number expected, got nil)
