local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local t = ETS.new("t", { "set" })
local ordered = ETS.new("o", { "ordered_set" })
for n = 1, 5 do
  ETS.insert(t, { n, n })
  ETS.insert(ordered, { n, n })
end
local function gone(label, fn) oracle.show(label, oracle.raises(fn)) end
gone("next of what never was", function() ETS.next(t, 9) end)
oracle.show("in order", { ETS.next(ordered, 9), ETS.prev(ordered, 9), ETS.next(ordered, 2.5), ETS.prev(ordered, 0) })
ETS.delete(t, 3)
gone("next of what is deleted", function() ETS.next(t, 3) end)
ETS.delete(ordered, 3)
oracle.show("in order", { ETS.next(ordered, 3), ETS.prev(ordered, 3) })
local empty = ETS.new("e", {})
oracle.show("empty", { ETS.first(empty), ETS.last(empty) })
gone("next in an empty one", function() ETS.next(empty, 1) end)
local chunk, continuation = ETS.select(ordered, { { { "$1", "_" }, {}, { "$1" } } }, 2)
ETS.delete(ordered)
gone("going on in a deleted table", function() ETS.select(continuation) end)
gone("next in a deleted table", function() ETS.next(ordered, 1) end)
