local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local t = ETS.new("t", { "ordered_set" })
oracle.show("insert", ETS.insert(t, { { "b", 1 }, { 2, 2 }, { "a", 4 }, { 1.5, 5 } }) and ETS.insert(t, { { { 1, 2 }, 3 }, { { 1, 1 }, 6 }, { { 9 }, 7 } }))
oracle.show("numbers", ETS.next(t, 0))
oracle.show("tuples by size", ETS.next(t, { 0 }))
oracle.show("tuples by element", ETS.next(t, { 1, 1 }))
oracle.show("strings", ETS.next(t, "a"))
