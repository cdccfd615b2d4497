-- driver.lua SCENARIOS: what driver.exs does with the Erlang terms, done with a Lua table.

local function show(value)
  if type(value) == "string" then return '"' .. value .. '"' end
  if type(value) ~= "table" then return tostring(value) end
  local parts = {}
  for i, each in ipairs(value) do parts[i] = show(each) end
  return #parts == 0 and "{}" or "{ " .. table.concat(parts, ", ") .. " }"
end

local function settled(list, type)
  if type == "ordered_set" then return list end
  local texts = {}
  for _, each in ipairs(list) do texts[#texts + 1] = { show(each), each } end
  table.sort(texts, function(a, b) return a[1] < b[1] end)
  local sorted = {}
  for i, pair in ipairs(texts) do sorted[i] = pair[2] end
  return sorted
end

local specials = {}

function specials.size(t) return show(ETS.info(t, "size")) end

function specials.count(t) return show(ETS.select_count(t, { { "_", {}, { true } } })) end

function specials.walk(t, type)
  local keys, key = {}, ETS.first(t)
  while key ~= "$end_of_table" do
    keys[#keys + 1] = key
    key = ETS.next(t, key)
  end
  return show(settled(keys, type))
end

-- Every second key is deleted before the next one is asked for.
function specials.fixed_walk(t, type)
  ETS.safe_fixtable(t, true)
  local keys, deleted, key = {}, 0, ETS.first(t)
  while key ~= "$end_of_table" do
    if #keys % 2 == 0 then ETS.delete(t, key) end
    keys[#keys + 1] = key
    key = ETS.next(t, key)
  end
  ETS.safe_fixtable(t, false)
  for _, each in ipairs(keys) do
    if not ETS.member(t, each) then deleted = deleted + 1 end
  end
  if type ~= "ordered_set" then ETS.delete_all_objects(t) end
  return #keys .. " " .. deleted .. " " .. show(type == "ordered_set" and keys or {})
end

function specials.fold(t, type)
  local function collect(object, list) return { object, table.unpack(list) } end
  return show(settled(ETS.foldl(collect, {}, t), type)) .. " " .. show(settled(ETS.foldr(collect, {}, t), type))
end

function specials.steps(t, type, name, what, limit, between)
  local lengths, all = {}, {}
  local chunk, continuation = ETS[name](t, what, limit)
  while chunk ~= "$end_of_table" do
    lengths[#lengths + 1] = #chunk
    table.move(chunk, 1, #chunk, #all + 1, all)
    local operation = between[#lengths]
    if operation then ETS[operation[1]](t, table.unpack(operation[2])) end
    chunk, continuation = ETS[name](continuation)
  end
  return show(lengths) .. " " .. show(settled(all, type))
end

local sorted = { match = true, match_object = true, select = true, select_reverse = true, tab2list = true }

local function result(t, type, name, arguments)
  if specials[name] then return specials[name](t, type, table.unpack(arguments)) end
  local value = ETS[name](t, table.unpack(arguments))
  return show(sorted[name] and settled(value, type) or value)
end

local function caught(...)
  local ok, text = pcall(result, ...)
  if ok then return text end
  local parts = { "error" }
  for complaint in tostring(text):gmatch("\n  %* ([^\n]*)") do parts[#parts + 1] = complaint end
  return table.concat(parts, " ")
end

for _, scenario in ipairs(dofile(arg[1])) do
  local seed, type, keypos, operations = table.unpack(scenario)
  print("seed " .. seed)
  local t = ETS.new("table", { type, "public", keypos = keypos })
  for _, operation in ipairs(operations) do
    local name, arguments = table.unpack(operation)
    print("  " .. name .. " " .. show(arguments) .. " -> " .. caught(t, type, name, arguments))
    print("    " .. show(settled(ETS.tab2list(t), type)))
  end
  ETS.delete(t)
end
