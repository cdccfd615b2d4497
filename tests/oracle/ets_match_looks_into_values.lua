local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local t = ETS.new("t", { "ordered_set" })
ETS.insert(t, { { 1, { "ok", 5 }, { a = 1, b = 2 } } })
ETS.insert(t, { { 2, { "error", 6 }, { a = 2 } } })
oracle.show("tuple", ETS.match(t, { "$1", { "ok", "$2" }, "_" }))
oracle.show("map", ETS.match(t, { "$1", "_", { a = "$2" } }))
oracle.show("value", ETS.match(t, { "$1", "_", { a = 2 } }))
