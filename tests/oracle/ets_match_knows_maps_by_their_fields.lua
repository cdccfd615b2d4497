local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local t = ETS.new("t", { "ordered_set" })
ETS.insert(t, { { 1, { a = 1, b = 2 } }, { 2, { a = 1 } }, { 3, { b = { c = 1, d = 2 } } } })
oracle.show("value", ETS.match(t, { "$1", { a = 1 } }))
oracle.show("any", ETS.match(t, { "$1", { b = "_" } }))
oracle.show("inside", ETS.match(t, { "$1", { b = { c = 1 } } }))
oracle.show("bound", ETS.match(t, { "$1", { b = "$2" } }))
