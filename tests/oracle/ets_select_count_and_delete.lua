local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local t = ETS.new("t", { "ordered_set" })
ETS.insert(t, { { 1, "ada", 36 }, { 2, "bob", 12 }, { 3, "cyd", 36 } })
oracle.show("count", ETS.select_count(t, { { { "$1", "$2", "$3" }, { { "==", "$3", 36 } }, { true } } }))
oracle.show("no true", ETS.select_count(t, { { { "$1", "$2", "$3" }, {}, { "$1" } } }))
oracle.show("delete", ETS.select_delete(t, { { { "$1", "$2", "$3" }, { { "==", "$3", 36 } }, { true } } }))
oracle.show("left", ETS.tab2list(t))
