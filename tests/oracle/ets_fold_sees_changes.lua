local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local t = ETS.new("t", { "ordered_set" })
for i = 1, 4 do ETS.insert(t, { i, i }) end
oracle.show("foldl", ETS.foldl(function(object, keys)
  ETS.delete(t, object[1] + 1)
  keys[#keys + 1] = object[1]
  return keys
end, {}, t))
oracle.show("left", ETS.tab2list(t))
oracle.show("foldr", ETS.foldr(function(object, keys)
  if object[1] > 0 then ETS.insert(t, { object[1] - 4, 0 }) end
  keys[#keys + 1] = object[1]
  return keys
end, {}, t))
