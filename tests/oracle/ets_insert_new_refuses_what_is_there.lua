local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local t = ETS.new("t", {})
oracle.show("first", ETS.insert_new(t, { 1, "a" }))
oracle.show("second", ETS.insert_new(t, { 1, "b" }))
oracle.show("one of a list", ETS.insert_new(t, { { 2, "c" }, { 1, "d" } }))
oracle.show("list", ETS.insert_new(t, { { 2, "c" }, { 3, "d" } }))
oracle.show("all", Enum.sort(ETS.tab2list(t)))
