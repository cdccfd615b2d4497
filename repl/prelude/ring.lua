-- Ring: consistent hashing (Karger et al. 1997). A ring is a plain value: every node stands at
-- `replicas` points of a circle of 64 bits, and a key belongs to the node of the next point.
local help, check = ...

Ring = {}

local make = struct("Ring", { members = {}, replicas = 128, points = {}, owners = {} })
local class = getmetatable(make())
class.__index = Ring

-- FNV-1a over the bytes, then the finalizer of MurmurHash3, which spreads short keys that differ in
-- their last byte over the whole circle.
local function hash(text)
  local h = 0xcbf29ce484222325
  for i = 1, #text do h = (h ~ text:byte(i)) * 0x100000001b3 end
  h = (h ~ (h >> 33)) * 0xff51afd7ed558ccd
  h = (h ~ (h >> 33)) * 0xc4ceb9fe1a85ec53
  return h ~ (h >> 33)
end

local function written(value)
  if type(value) == "string" then return "s" .. value end
  return inspect(value, { width = "infinity", limit = "infinity" })
end

local function checked(what, ring)
  check(what, 1, "ring", ring, "a Ring", type(ring) == "table" and getmetatable(ring) == class)
  return ring
end

local function is_node(node) return type(node) == "string" or is_pid(node) end

local function by_place(a, b)
  if a[1] ~= b[1] then return math.ult(a[1], b[1]) end
  return a[2] < b[2]
end

-- The ring of these nodes, in order of their names.
local function build(nodes, replicas)
  local places, points, owners = {}, {}, {}
  table.sort(nodes, function(a, b) return written(a) < written(b) end)
  for index, node in ipairs(nodes) do
    local name = written(node)
    for replica = 1, replicas do places[#places + 1] = { hash(name .. "#" .. replica), index } end
  end
  table.sort(places, by_place)
  for i, place in ipairs(places) do points[i], owners[i] = place[1], place[2] end
  return make { members = nodes, replicas = replicas, points = points, owners = owners }
end

-- The first point that is not before h; after the last one comes the first.
local function find(points, h)
  local low, high = 1, #points + 1
  while low < high do
    local middle = (low + high) // 2
    if math.ult(points[middle], h) then low = middle + 1 else high = middle end
  end
  return low > #points and 1 or low
end

local function position(nodes, node)
  for i, known in ipairs(nodes) do
    if known == node then return i end
  end
end

help("Ring", [[
Ring

Consistent hashing: which of several nodes a key belongs to. When a node comes or goes, only the
keys that go to it or come from it move. A ring is a plain value; functions return new rings.

    ring = Ring.new({ "a", "b", "c" })
    equal(Ring.remove(Ring.add(ring, "d"), "d"), ring)   --> true]])

help("Ring.new", [[
new(nodes [, replicas = 128])

A ring of these nodes (strings or pids). replicas: the points of each on the circle; more of them
spread the keys more evenly.

    Ring.nodes(Ring.new({ "b", "a" }))   --> { "a", "b" }]])
function Ring.new(nodes, replicas)
  check("Ring.new", 1, "nodes", nodes, "an array of nodes", type(nodes) == "table")
  replicas = replicas == nil and 128 or replicas
  check("Ring.new", 2, "replicas", replicas, "a positive integer",
    math.type(replicas) == "integer" and replicas > 0)
  local seen = {}
  for _, node in ipairs(nodes) do
    check("Ring.new", 1, "nodes", nodes, "an array of strings and pids", is_node(node))
    if not position(seen, node) then seen[#seen + 1] = node end
  end
  return build(seen, replicas)
end

help("Ring.nodes", [[
nodes(ring)

The nodes of the ring.

    Ring.nodes(Ring.new { "a", "b" })   --> { "a", "b" }]])
function Ring.nodes(ring)
  local nodes = checked("Ring.nodes", ring).members
  return table.move(nodes, 1, #nodes, 1, {})
end

help("Ring.node", [[
node(ring, key)

The node that the key (any value) belongs to; nil in an empty ring.

    Ring.node(Ring.new { "a" }, "user:1")   --> "a"]])
function Ring.node(ring, key)
  checked("Ring.node", ring)
  if #ring.points == 0 then return nil end
  return ring.members[ring.owners[find(ring.points, hash(written(key)))]]
end

help("Ring.owners", [[
owners(ring, key, n)

The n nodes (or all, if there are fewer) to keep copies of the key on: the one it belongs to, and
those that come next on the circle.

    #Ring.owners(Ring.new { "a", "b", "c" }, "user:1", 2)   --> 2]])
function Ring.owners(ring, key, n)
  checked("Ring.owners", ring)
  check("Ring.owners", 3, "n", n, "a natural number", math.type(n) == "integer" and n >= 0)
  local found, seen = {}, {}
  local count, wanted = #ring.points, math.min(n, #ring.members)
  local at = count > 0 and find(ring.points, hash(written(key))) or 1
  while #found < wanted do
    local owner = ring.owners[at]
    if not seen[owner] then found[#found + 1] = ring.members[owner] end
    seen[owner] = true
    at = at % count + 1
  end
  return found
end

help("Ring.add", [[
add(ring, node)

The ring with one node more. Keys move to that node only.

    Ring.nodes(Ring.add(Ring.new { "a" }, "b"))   --> { "a", "b" }]])
function Ring.add(ring, node)
  checked("Ring.add", ring)
  check("Ring.add", 2, "node", node, "a string or a pid", is_node(node))
  if position(ring.members, node) then return ring end
  local nodes = Ring.nodes(ring)
  nodes[#nodes + 1] = node
  return build(nodes, ring.replicas)
end

help("Ring.remove", [[
remove(ring, node)

The ring without that node. Its keys go to the others; no other key moves.

    Ring.nodes(Ring.remove(Ring.new { "a", "b" }, "a"))   --> { "b" }]])
function Ring.remove(ring, node)
  checked("Ring.remove", ring)
  check("Ring.remove", 2, "node", node, "a string or a pid", is_node(node))
  local nodes = Ring.nodes(ring)
  local at = position(nodes, node)
  if not at then return ring end
  table.remove(nodes, at)
  return build(nodes, ring.replicas)
end
