local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local t = ETS.new("t", { "ordered_set" })
for i = 1, 5 do ETS.insert(t, { i, i * i }) end
local odd = { { { "$1", "$2" }, { { "==", { "rem", "$1", 2 }, 1 } }, { "$2" } } }
oracle.show("all", ETS.select_reverse(t, odd))
local chunk, more = ETS.select_reverse(t, odd, 2)
oracle.show("first", chunk)
chunk, more = ETS.select_reverse(more)
oracle.show("second", chunk)
oracle.show("end", more)
oracle.show("nothing", ETS.select_reverse(t, { { "x", {}, { 1 } } }))
