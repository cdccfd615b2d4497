local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local t = ETS.new("t", { "ordered_set" })
ETS.insert(t, { { 1, 1, 2 }, { 2, 3, 2 }, { 3, 3, 3 } })
oracle.show("same", ETS.match(t, { "$1", "$1", "_" }))
oracle.show("three", ETS.match_object(t, { "$1", "$1", "$1" }))
oracle.show("other", ETS.match(t, { "$7", "$3", "$7" }))
