local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local t = ETS.new("t", { "ordered_set" })
oracle.show("integer", ETS.insert(t, { 1, "a" }))
oracle.show("float", ETS.insert(t, { 1.0, "b" }))
oracle.show("lookup", ETS.lookup(t, 1))
oracle.show("size", ETS.info(t, "size"))
