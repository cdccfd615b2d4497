-- Map: https://hexdocs.pm/elixir/1.14/Map.html
local help, check = ...

Map = {}

local function checked(what, map, number) -- number: where there are several
  check(what, number or 1, "map" .. (number or ""), map, "a table", type(map) == "table")
  return map
end

local function copy(map)
  local result = {}
  for key, value in pairs(map) do result[key] = value end
  return setmetatable(result, getmetatable(map))
end

help("Map", [[
Map

Tables as values: whatever changes one returns a new one.

    Map.put({ a = 1 }, "b", 2)   -- { a = 1, b = 2 }]])

help("Map.new", [[
new([pairs])

A table, empty or of pairs { key, value }.

    Map.new({ { "a", 1 } })   -- { a = 1 }]])
function Map.new(list)
  check("Map.new", 1, "pairs", list, "an array of pairs", list == nil or type(list) == "table")
  local result = {}
  for _, pair in ipairs(list or {}) do
    check("Map.new", 1, "pairs", list, "an array of pairs", type(pair) == "table")
    result[pair[1]] = pair[2]
  end
  return result
end

help("Map.get", [[
get(map, key [, default])

The value under a key, or default.

    Map.get({ a = 1 }, "b", 0)   -- 0]])
function Map.get(map, key, default)
  local value = checked("Map.get", map)[key]
  if value == nil then return default end
  return value
end

help("Map.put", [[
put(map, key, value)

The table with that value under that key.

    Map.put({ a = 1 }, "a", 2)   -- { a = 2 }]])
function Map.put(map, key, value)
  local result = copy(checked("Map.put", map))
  check("Map.put", 2, "key", key, "a value other than nil", key ~= nil)
  result[key] = value
  return result
end

help("Map.update", [[
update(map, key, default, fun)

The table with what fun makes of the value under that key; with default where there is none.

    Map.update({ a = 1 }, "a", 0, function(n) return n + 1 end)   -- { a = 2 }]])
function Map.update(map, key, default, fun)
  local result = copy(checked("Map.update", map))
  check("Map.update", 2, "key", key, "a value other than nil", key ~= nil)
  check("Map.update", 4, "fun", fun, "a function", type(fun) == "function")
  if result[key] == nil then result[key] = default else result[key] = fun(result[key]) end
  return result
end

help("Map.delete", [[
delete(map, key)

The table without that key.

    Map.delete({ a = 1, b = 2 }, "b")   -- { a = 1 }]])
function Map.delete(map, key)
  local result = copy(checked("Map.delete", map))
  if key ~= nil then result[key] = nil end
  return result
end

help("Map.has_key", [[
has_key(map, key)

Whether there is a value under that key.

    Map.has_key({ a = 1 }, "a")   -- true]])
function Map.has_key(map, key) return checked("Map.has_key", map)[key] ~= nil end

help("Map.keys", [[
keys(map)

The keys, in order.

    Map.keys({ b = 2, a = 1 })   -- { "a", "b" }]])
function Map.keys(map)
  local result = {}
  for key in pairs(checked("Map.keys", map)) do result[#result + 1] = key end
  return result
end

help("Map.values", [[
values(map)

The values, in the order of their keys.

    Map.values({ b = 2, a = 1 })   -- { 1, 2 }]])
function Map.values(map)
  local result = {}
  for _, value in pairs(checked("Map.values", map)) do result[#result + 1] = value end
  return result
end

help("Map.merge", [[
merge(map1, map2 [, fun])

Both in one; what both have is map2's, or what fun(key, value1, value2) returns.

    Map.merge({ a = 1, b = 1 }, { b = 2 })   -- { a = 1, b = 2 }]])
function Map.merge(map1, map2, fun)
  local result = copy(checked("Map.merge", map1, 1))
  check("Map.merge", 3, "fun", fun, "a function", fun == nil or type(fun) == "function")
  for key, value in pairs(checked("Map.merge", map2, 2)) do
    if fun and result[key] ~= nil then value = fun(key, result[key], value) end
    result[key] = value
  end
  return result
end
