local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local t = ETS.new("t", {})
oracle.show("insert", ETS.insert(t, { 1, "a" }))
oracle.show("again", ETS.insert(t, { 1, "b", 2 }))
oracle.show("lookup", ETS.lookup(t, 1))
oracle.show("nobody", ETS.lookup(t, 2))
oracle.show("size", ETS.info(t, "size"))
