local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local t = ETS.new("t", { "ordered_set" })
for i = 1, 6 do ETS.insert(t, { i }) end
local chunk, more = ETS.select(t, { { { "$1" }, {}, { "$1" } } }, 2)
oracle.show("first", chunk)
ETS.delete(t, 2)
ETS.delete(t, 3)
ETS.insert(t, { { 0 }, { 2.5 }, { 7 } })
chunk, more = ETS.select(more)
oracle.show("second", chunk)
oracle.show("third", (ETS.select(more)))
