-- Enum: https://hexdocs.pm/elixir/1.14/Enum.html
local help, check = ...

-- The elements as an array, not to be changed: of an array table itself, of any other table pairs
-- in the order of their keys, of an iterator what it gives: no more than limit when there is one,
-- and a stream of tasks ends then.
local function elements(what, enumerable, number, limit)
  local kind = type(enumerable)
  check(what, number or 1, "enumerable" .. (what == "Enum.zip" and number or ""), enumerable,
    "a table or an iterator", kind == "table" or kind == "function")
  local list = {}
  if kind == "table" then
    if enumerable[1] ~= nil then return enumerable end
    for key, value in pairs(enumerable) do list[#list + 1] = { key, value } end
    return list
  end
  local function add(value, ...)
    if value == nil then return false end
    list[#list + 1] = select("#", ...) > 0 and { value, ... } or value
    return true
  end
  while (limit == nil or #list < limit) and add(enumerable()) do end
  if limit then Task.Supervised.stream_leave(enumerable) end
  return list
end

local function ascending(a, b) return Enum.compare(a, b) <= 0 end

local function descending(a, b) return Enum.compare(a, b) >= 0 end

local function order_of(what, number, order)
  if order == nil or order == "asc" then return ascending end
  if order == "desc" then return descending end
  check(what, number, "order", order, '"asc", "desc" or a function', type(order) == "function")
  return order
end

local function merge(a, b, before)
  local result, i, j = {}, 1, 1
  while i <= #a and j <= #b do
    if before(a[i], b[j]) then
      result[#result + 1] = a[i]
      i = i + 1
    else
      result[#result + 1] = b[j]
      j = j + 1
    end
  end
  table.move(a, i, #a, #result + 1, result)
  return table.move(b, j, #b, #result + 1, result)
end

local function merge_sort(list, before)
  if #list < 2 then return table.move(list, 1, #list, 1, {}) end
  local middle = #list // 2
  local left = merge_sort(table.move(list, 1, middle, 1, {}), before)
  return merge(left, merge_sort(table.move(list, middle + 1, #list, 1, {}), before), before)
end

help("Enum", [[
Enum

Going through tables: arrays, other tables (as pairs { key, value }) and iterators.

    Enum.map({ 1, 2, 3 }, function(x) return x * x end)   -- { 1, 4, 9 }]])

help("Enum.map", [[
map(enumerable, fun)

What fun makes of each element.

    Enum.map({ 1, 2 }, function(x) return x * 2 end)   -- { 2, 4 }]])
function Enum.map(enumerable, fun)
  local list = elements("Enum.map", enumerable)
  check("Enum.map", 2, "fun", fun, "a function", type(fun) == "function")
  local result = {}
  for i = 1, #list do result[i] = fun(list[i]) end
  return result
end

help("Enum.each", [[
each(enumerable, fun)

Calls fun with each element; returns true.

    Enum.each({ 1, 2 }, print)]])
function Enum.each(enumerable, fun)
  local list = elements("Enum.each", enumerable)
  check("Enum.each", 2, "fun", fun, "a function", type(fun) == "function")
  for i = 1, #list do fun(list[i]) end
  return true
end

help("Enum.filter", [[
filter(enumerable, fun)

The elements of which fun says true.

    Enum.filter({ 1, 2, 3 }, function(x) return x > 1 end)   -- { 2, 3 }]])
function Enum.filter(enumerable, fun)
  local list = elements("Enum.filter", enumerable)
  check("Enum.filter", 2, "fun", fun, "a function", type(fun) == "function")
  local result = {}
  for i = 1, #list do
    if fun(list[i]) then result[#result + 1] = list[i] end
  end
  return result
end

help("Enum.reject", [[
reject(enumerable, fun)

The elements of which fun does not say true.

    Enum.reject({ 1, 2, 3 }, function(x) return x > 1 end)   -- { 1 }]])
function Enum.reject(enumerable, fun)
  local list = elements("Enum.reject", enumerable)
  check("Enum.reject", 2, "fun", fun, "a function", type(fun) == "function")
  local result = {}
  for i = 1, #list do
    if not fun(list[i]) then result[#result + 1] = list[i] end
  end
  return result
end

help("Enum.reduce", [[
reduce(enumerable [, acc], fun)

Calls fun(element, acc) for each element, acc being what the call before returned. Without acc the
first element is where it begins.

    Enum.reduce({ 1, 2, 3 }, 0, function(x, sum) return x + sum end)   -- 6]])
function Enum.reduce(enumerable, ...)
  local list, first, acc, fun = elements("Enum.reduce", enumerable), 1, nil, (...)
  if select("#", ...) > 1 then
    acc, fun = ...
  else
    if #list == 0 then error("empty error", 2) end
    acc, first = list[1], 2
  end
  check("Enum.reduce", select("#", ...) + 1, "fun", fun, "a function", type(fun) == "function")
  for i = first, #list do acc = fun(list[i], acc) end
  return acc
end

help("Enum.take", [[
take(enumerable, count)

The first count elements; of a negative count, the last ones.

    Enum.take({ 1, 2, 3 }, 2)   -- { 1, 2 }]])
function Enum.take(enumerable, count)
  check("Enum.take", 2, "count", count, "an integer", math.type(count) == "integer")
  local list = elements("Enum.take", enumerable, 1, count >= 0 and count or nil)
  if count < 0 then return table.move(list, math.max(#list + count, 0) + 1, #list, 1, {}) end
  return table.move(list, 1, math.min(count, #list), 1, {})
end

help("Enum.drop", [[
drop(enumerable, count)

All but the first count elements; of a negative count, all but the last ones.

    Enum.drop({ 1, 2, 3 }, 2)   -- { 3 }]])
function Enum.drop(enumerable, count)
  local list = elements("Enum.drop", enumerable)
  check("Enum.drop", 2, "count", count, "an integer", math.type(count) == "integer")
  if count < 0 then return table.move(list, 1, #list + count, 1, {}) end
  return table.move(list, count + 1, #list, 1, {})
end

help("Enum.sort", [[
sort(enumerable [, order])

The elements in order: "asc", "desc", or a function that says whether a may stand before b. Equal
elements keep their order.

    Enum.sort({ 3, 1, 2 })   -- { 1, 2, 3 }]])
function Enum.sort(enumerable, order)
  local list = elements("Enum.sort", enumerable)
  return merge_sort(list, order_of("Enum.sort", 2, order))
end

help("Enum.sort_by", [[
sort_by(enumerable, fun [, order])

The elements in the order of what fun makes of them.

    Enum.sort_by({ "bb", "a" }, string.len)   -- { "a", "bb" }]])
function Enum.sort_by(enumerable, fun, order)
  local list = elements("Enum.sort_by", enumerable)
  check("Enum.sort_by", 2, "fun", fun, "a function", type(fun) == "function")
  local before, keyed = order_of("Enum.sort_by", 3, order), {}
  for i = 1, #list do keyed[i] = { fun(list[i]), list[i] } end
  local sorted = merge_sort(keyed, function(a, b) return before(a[1], b[1]) end)
  for i = 1, #sorted do sorted[i] = sorted[i][2] end
  return sorted
end

help("Enum.sum", [[
sum(enumerable)

The sum of the elements.

    Enum.sum({ 1, 2, 3 })   -- 6]])
function Enum.sum(enumerable)
  local list = elements("Enum.sum", enumerable)
  local sum = 0
  for i = 1, #list do sum = sum + list[i] end
  return sum
end

local function itself(value) return value end

-- The first element whose key is the largest (sign 1) or the smallest (sign -1).
local function extreme(list, key_of, sign)
  local best, best_key = list[1], key_of(list[1])
  for i = 2, #list do
    local key = key_of(list[i])
    if Enum.compare(key, best_key) * sign > 0 then best, best_key = list[i], key end
  end
  return best
end

help("Enum.max", [[
max(enumerable)

The largest element, the first one of several.

    Enum.max({ 1, 3, 2 })]])
function Enum.max(enumerable)
  local list = elements("Enum.max", enumerable)
  if #list == 0 then error("empty error", 2) end
  return extreme(list, itself, 1)
end

help("Enum.max_by", [[
max_by(enumerable, fun)

The element of which fun makes the largest value, the first one of several.

    Enum.max_by({ "a", "bb" }, string.len)]])
function Enum.max_by(enumerable, fun)
  local list = elements("Enum.max_by", enumerable)
  check("Enum.max_by", 2, "fun", fun, "a function", type(fun) == "function")
  if #list == 0 then error("empty error", 2) end
  return extreme(list, fun, 1)
end

help("Enum.min", [[
min(enumerable)

The smallest element, the first one of several.

    Enum.min({ 1, 3, 2 })]])
function Enum.min(enumerable)
  local list = elements("Enum.min", enumerable)
  if #list == 0 then error("empty error", 2) end
  return extreme(list, itself, -1)
end

help("Enum.min_by", [[
min_by(enumerable, fun)

The element of which fun makes the smallest value, the first one of several.

    Enum.min_by({ "a", "bb" }, string.len)]])
function Enum.min_by(enumerable, fun)
  local list = elements("Enum.min_by", enumerable)
  check("Enum.min_by", 2, "fun", fun, "a function", type(fun) == "function")
  if #list == 0 then error("empty error", 2) end
  return extreme(list, fun, -1)
end

help("Enum.find", [[
find(enumerable [, default], fun)

The first element of which fun says true, or default.

    Enum.find({ 1, 2, 3 }, function(x) return x > 1 end)   -- 2]])
function Enum.find(enumerable, ...)
  local list, default, fun = elements("Enum.find", enumerable), nil, (...)
  if select("#", ...) > 1 then default, fun = ... end
  check("Enum.find", math.max(select("#", ...), 1) + 1, "fun", fun, "a function",
    type(fun) == "function")
  for i = 1, #list do
    if fun(list[i]) then return list[i] end
  end
  return default
end

help("Enum.all", [[
all(enumerable [, fun])

Whether fun says true of all elements; without fun, whether all are true.

    Enum.all({ 1, 2 }, function(x) return x > 1 end)]])
function Enum.all(enumerable, fun)
  local list = elements("Enum.all", enumerable)
  check("Enum.all", 2, "fun", fun, "a function", fun == nil or type(fun) == "function")
  for i = 1, #list do
    local value = list[i]
    if fun then value = fun(value) end
    if not value then return false end
  end
  return true
end

help("Enum.any", [[
any(enumerable [, fun])

Whether fun says true of an element; without fun, whether one is true.

    Enum.any({ 1, 2 }, function(x) return x > 1 end)]])
function Enum.any(enumerable, fun)
  local list = elements("Enum.any", enumerable)
  check("Enum.any", 2, "fun", fun, "a function", fun == nil or type(fun) == "function")
  for i = 1, #list do
    local value = list[i]
    if fun then value = fun(value) end
    if value then return true end
  end
  return false
end

help("Enum.zip", [[
zip(enumerable1, enumerable2)

Pairs of an element of each, as many as the shorter one has.

    Enum.zip({ 1, 2 }, { "a", "b" })   -- { { 1, "a" }, { 2, "b" } }]])
function Enum.zip(enumerable1, enumerable2)
  local left, right = elements("Enum.zip", enumerable1, 1), elements("Enum.zip", enumerable2, 2)
  local result = {}
  for i = 1, math.min(#left, #right) do result[i] = { left[i], right[i] } end
  return result
end

help("Enum.chunk_every", [=[
chunk_every(enumerable, count [, step [, leftover]])

Arrays of count elements each, beginning at every step-th one (count, if not given). The last one
may be shorter; leftover fills it up, "discard" leaves it out.

    Enum.chunk_every({ 1, 2, 3 }, 2)   -- { { 1, 2 }, { 3 } }]=])
function Enum.chunk_every(enumerable, count, step, leftover)
  local list, result = elements("Enum.chunk_every", enumerable), {}
  step = step or count
  local function positive(n) return math.type(n) == "integer" and n > 0 end
  check("Enum.chunk_every", 2, "count", count, "a positive integer", positive(count))
  check("Enum.chunk_every", 3, "step", step, "a positive integer", positive(step))
  check("Enum.chunk_every", 4, "leftover", leftover, 'a table or "discard"',
    leftover == nil or leftover == "discard" or type(leftover) == "table")
  for first = 1, #list, step do
    local last = first + count - 1
    local chunk = table.move(list, first, math.min(last, #list), 1, {})
    local short = last - #list
    if short <= 0 then
      result[#result + 1] = chunk
    else
      if type(leftover) == "table" then
        table.move(leftover, 1, math.min(short, #leftover), #chunk + 1, chunk)
      end
      if leftover ~= "discard" then result[#result + 1] = chunk end
      break
    end
  end
  return result
end

help("Enum.count", [[
count(enumerable [, fun])

The number of elements, or of those of which fun says true.

    Enum.count({ 1, 2, 3 })   -- 3]])
function Enum.count(enumerable, fun)
  local list = elements("Enum.count", enumerable)
  check("Enum.count", 2, "fun", fun, "a function", fun == nil or type(fun) == "function")
  local count = fun and 0 or #list
  for i = 1, fun and #list or 0 do
    if fun(list[i]) then count = count + 1 end
  end
  return count
end

help("Enum.member", [[
member(enumerable, value)

Whether the value is among the elements.

    Enum.member({ 1, 2 }, 2)   -- true]])
function Enum.member(enumerable, value)
  local list = elements("Enum.member", enumerable)
  for i = 1, #list do
    if equal(list[i], value) then return true end
  end
  return false
end

help("Enum.reverse", [[
reverse(enumerable)

The elements from the last to the first.

    Enum.reverse({ 1, 2, 3 })   -- { 3, 2, 1 }]])
function Enum.reverse(enumerable)
  local list = elements("Enum.reverse", enumerable)
  local result = {}
  for i = 1, #list do result[i] = list[#list + 1 - i] end
  return result
end

help("Enum.with_index", [[
with_index(enumerable [, offset = 0])

Pairs of each element and its number.

    Enum.with_index({ "a", "b" })   -- { { "a", 0 }, { "b", 1 } }]])
function Enum.with_index(enumerable, offset)
  local list = elements("Enum.with_index", enumerable)
  check("Enum.with_index", 2, "offset", offset, "an integer",
    offset == nil or math.type(offset) == "integer")
  local result = {}
  for i = 1, #list do result[i] = { list[i], i - 1 + (offset or 0) } end
  return result
end

help("Enum.group_by", [[
group_by(enumerable, fun)

A table from what fun makes of the elements to arrays of those elements.

    Enum.group_by({ "a", "bb", "c" }, string.len)   -- { { "a", "c" }, { "bb" } }]])
function Enum.group_by(enumerable, fun)
  local list = elements("Enum.group_by", enumerable)
  check("Enum.group_by", 2, "fun", fun, "a function", type(fun) == "function")
  local groups = {}
  for i = 1, #list do
    local key = fun(list[i])
    groups[key] = groups[key] or {}
    table.insert(groups[key], list[i])
  end
  return groups
end

help("Enum.flat_map", [[
flat_map(enumerable, fun)

The elements of all arrays that fun makes of the elements.

    Enum.flat_map({ 1, 2 }, function(x) return { x, x } end)   -- { 1, 1, 2, 2 }]])
function Enum.flat_map(enumerable, fun)
  local list = elements("Enum.flat_map", enumerable)
  check("Enum.flat_map", 2, "fun", fun, "a function", type(fun) == "function")
  local result = {}
  for i = 1, #list do
    local part = elements("Enum.flat_map", fun(list[i]))
    table.move(part, 1, #part, #result + 1, result)
  end
  return result
end

help("Enum.uniq", [[
uniq(enumerable)

The elements without those that were there before.

    Enum.uniq({ 1, 2, 1 })   -- { 1, 2 }]])
function Enum.uniq(enumerable)
  local list = elements("Enum.uniq", enumerable)
  local result = {}
  for i = 1, #list do
    if not Enum.member(result, list[i]) then result[#result + 1] = list[i] end
  end
  return result
end

help("Enum.join", [[
join(enumerable [, joiner = ""])

The elements as text, one after the other.

    Enum.join({ 1, 2 }, ", ")   -- "1, 2"]])
function Enum.join(enumerable, joiner)
  local list = elements("Enum.join", enumerable)
  check("Enum.join", 2, "joiner", joiner, "a string", joiner == nil or type(joiner) == "string")
  local texts = {}
  for i = 1, #list do texts[i] = tostring(list[i]) end
  return table.concat(texts, joiner or "")
end

help("Enum.to_list", [[
to_list(enumerable)

The elements as an array.

    Enum.to_list({ b = 2, a = 1 })   -- { { "a", 1 }, { "b", 2 } }]])
function Enum.to_list(enumerable)
  local list = elements("Enum.to_list", enumerable)
  return table.move(list, 1, #list, 1, {})
end
