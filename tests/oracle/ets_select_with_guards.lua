local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local t = ETS.new("t", { "ordered_set" })
ETS.insert(t, { { 1, "ada", 36 }, { 2, "bob", 12 }, { 3, "cyd", 36 } })
oracle.show("older", ETS.select(t, { { { "$1", "$2", "$3" }, { { ">", "$3", 18 } }, { "$2" } } }))
oracle.show("two guards", ETS.select(t, { { { "$1", "$2", "$3" }, { { ">", "$3", 18 }, { "<", "$1", 2 } }, { "$2" } } }))
oracle.show("and", ETS.select(t, { { { "$1", "$2", "$3" }, { { "andalso", { ">=", "$3", 12 }, { "/=", "$2", "ada" } } }, { "$1" } } }))
oracle.show("or", ETS.select(t, { { { "$1", "$2", "$3" }, { { "orelse", { "==", "$1", 1 }, { "=<", "$3", 12 } } }, { "$1" } } }))
oracle.show("not", ETS.select(t, { { { "$1", "$2", "$3" }, { { "not", { "==", "$1", 1 } } }, { "$1" } } }))
