local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local t = ETS.new("t", {})
oracle.show("first", ETS.update_counter(t, "a", 1, { "x", 10, 5 }))
oracle.show("second", ETS.update_counter(t, "a", { 3, 1 }, { "x", 0, 0 }))
oracle.show("object", ETS.lookup(t, "a"))
oracle.show("no other", ETS.lookup(t, "x"))
