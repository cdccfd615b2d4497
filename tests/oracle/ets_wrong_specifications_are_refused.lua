local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local function complaint(fn) return (oracle.caught(fn)[2]:gsub("\n\n    ETS%..*", "")) end

local t = ETS.new("t", {})
ETS.insert(t, { 1, 2 })
oracle.show("atom", complaint(function() ETS.select(t, "x") end))
oracle.show("head", ETS.select(t, { { "a", {}, { true } } }))
oracle.show("body", complaint(function() ETS.select(t, { { { "$1" }, {}, {} } }) end))
oracle.show("unbound", complaint(function() ETS.select(t, { { { "$1" }, {}, { "$2" } } }) end))
oracle.show("operator", complaint(function() ETS.select(t, { { { "$1" }, { { "foo", 1 } }, { "$1" } } }) end))
oracle.show("count", complaint(function() ETS.select_count(t, "x") end))
oracle.show("delete", complaint(function() ETS.select_delete(t, { { 1, 2 } }) end))
