local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local t = ETS.new("t", { "ordered_set" })
ETS.insert(t, { { 1, "ada", 36 }, { 2, "bob", 12 }, { 3, "cyd", 36 } })
oracle.show("object", ETS.match_object(t, { "_", "_", 36 }))
oracle.show("delete", ETS.match_delete(t, { "_", "_", 36 }))
oracle.show("left", ETS.tab2list(t))
