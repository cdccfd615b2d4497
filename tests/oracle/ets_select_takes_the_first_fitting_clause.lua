local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local t = ETS.new("t", { "ordered_set" })
ETS.insert(t, { { 1, "ada", 36 }, { 2, "bob", 12 }, { 3, "cyd", 36 } })
oracle.show("clauses", ETS.select(t, { { { 1, "_", "_" }, {}, { "one" } }, { { "$1", "_", 36 }, {}, { "$1" } }, { "_", {}, { "other" } } }))
oracle.show("none", ETS.select(t, {}))
