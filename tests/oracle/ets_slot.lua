local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local function complaint(fn) return (oracle.caught(fn)[2]:gsub("\n\n    ETS%..*", "")) end

local t = ETS.new("t", { "ordered_set" })
ETS.insert(t, { { 1, "a" }, { 2, "b" } })
oracle.show("0", ETS.slot(t, 0))
oracle.show("1", ETS.slot(t, 1))
oracle.show("2", ETS.slot(t, 2))
oracle.show("3", complaint(function() ETS.slot(t, 3) end))
oracle.show("-1", complaint(function() ETS.slot(t, -1) end))
