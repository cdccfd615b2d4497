local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local t = ETS.new("t", {})
for n = 1, 100 do ETS.insert(t, { n, n }) end
local function walk(key, keys)
  if key == "$end_of_table" then return Enum.sort(keys) end
  keys[#keys + 1] = key
  return walk(ETS.next(t, key), keys)
end
oracle.show("keys", #walk(ETS.first(t), {}) == 100)
oracle.show("empty", ETS.first(ETS.new("e")))
