local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local t = ETS.new("t", { "ordered_set" })
for i = 1, 3 do ETS.insert(t, { i, i * i }) end
local found, more = ETS.match(t, { "$1", "_" }, 2)
oracle.show("match", found)
found, more = ETS.match(more)
oracle.show("rest", found)
oracle.show("end", more)
oracle.show("beyond", ETS.match(more))
found, more = ETS.match_object(t, { "_", "$1" }, 2)
oracle.show("match_object", found)
found = ETS.match_object(more)
oracle.show("rest", found)
