-- Enum, Map and IOData beyond what is compared with Elixir.
local function complaint(...) return (select(2, pcall(...)):gsub("^[^\n]-:%d+: ", "")) end
print(complaint(Enum.map, 5, print)) -- expect: bad argument #1 to 'Enum.map' (enumerable: a table or an iterator expected, got 5)
print(complaint(Enum.sort, {}, 1)) -- expect: bad argument #2 to 'Enum.sort' (order: "asc", "desc" or a function expected, got 1)
print(complaint(Enum.chunk_every, { 1 }, 0)) -- expect: bad argument #2 to 'Enum.chunk_every' (count: a positive integer expected, got 0)
print(complaint(Enum.max, {})) -- expect: empty error
print(inspect(Enum.map({ b = 2, a = 1 }, function(pair) return pair[1] .. pair[2] end))) -- expect: { "a1", "b2" }
print(inspect(Enum.map(("a b"):gmatch("%a"), string.upper))) -- expect: { "A", "B" }
print(inspect(Enum.group_by({ "a", "bb", "c" }, string.len))) -- expect: { { "a", "c" }, { "bb" } }
print(inspect(Enum.flat_map({ 1, 2 }, function(n) return { n, n } end))) -- expect: { 1, 1, 2, 2 }
print(Enum.join({ 1, "b" }, "-"), Enum.count({ 1, 2 }), Enum.member({ { 1 } }, { 1 })) -- expect: 1-b	2	true

local map = { a = 1 }
print(inspect(Map.put(map, "b", 2)), inspect(map)) -- expect: { a = 1, b = 2 }	{ a = 1 }
print(inspect(Map.update(map, "a", 0, function(n) return n + 1 end)), inspect(Map.update(map, "z", 0, print)))
-- expect: { a = 2 }	{ a = 1, z = 0 }
print(inspect(Map.keys { b = 1, a = 2 }), inspect(Map.values { b = 1, a = 2 })) -- expect: { "a", "b" }	{ 2, 1 }
print(inspect(Map.merge({ a = 1, b = 1 }, { b = 2 })), inspect(Map.new { { "k", 1 } })) -- expect: { a = 1, b = 2 }	{ k = 1 }
print(Map.get(map, "z", "none"), Map.has_key(map, "a"), inspect(Map.delete(map, "a"))) -- expect: none	true	{}
print(complaint(Map.get, 1, 2)) -- expect: bad argument #1 to 'Map.get' (map: a table expected, got 1)

print(IOData.to_binary { "a", { "b", 99, {} } }, IOData.length { "a", { "bc", 10 } }) -- expect: abc	4
local nested = {}
for i = 1, 100000 do nested = { nested, "x" } end
print(IOData.length(nested))    -- expect: 100000
nested[3] = nested
print(complaint(IOData.length, nested):sub(1, 40))    -- expect: bad argument #1 to 'IOData.length' (ioda
print(complaint(IOData.to_binary, { 300 })) -- expect: bad argument #1 to 'IOData.to_binary' (iodata: a string, a byte (0 to 255) or a list of those expected, got 300)
