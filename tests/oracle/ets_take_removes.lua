local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local t = ETS.new("t", { "bag" })
ETS.insert(t, { { 1, 1 }, { 1, 2 }, { 2, 1 } })
oracle.show("take", Enum.sort(ETS.take(t, 1)))
oracle.show("again", ETS.take(t, 1))
oracle.show("left", ETS.tab2list(t))
