local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local t = ETS.new("t", { "ordered_set" })
ETS.insert(t, { { 1, "ada", 36 }, { 2, "bob", 12 }, { 3, "cyd", 36 } })
oracle.show("guard", ETS.select(t, { { { "$1", "$2", "$3" }, { { ">", { "+", "$2", 1 }, 0 } }, { "$1" } } }))
oracle.show("body", ETS.select(t, { { { "$1", "$2", "$3" }, {}, { { "+", "$2", 1 } } } }))
oracle.show("division", ETS.select(t, { { { "$1", "$2", "$3" }, {}, { { "div", "$1", 0 } } } }))
oracle.show("no boolean", ETS.select(t, { { { "$1", "$2", "$3" }, { "$1" }, { "$1" } } }))
