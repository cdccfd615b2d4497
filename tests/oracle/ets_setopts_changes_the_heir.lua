local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local t = ETS.new("t", {})
oracle.show("none", ETS.info(t, "heir"))
oracle.show("set", ETS.setopts(t, { heir = { self(), 1 } }))
oracle.show("heir", ETS.info(t, "heir") == self())
oracle.show("unset", ETS.setopts(t, { heir = "none" }))
oracle.show("again", ETS.info(t, "heir"))
