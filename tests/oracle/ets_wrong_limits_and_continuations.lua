local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local function complaint(fn) return (oracle.caught(fn)[2]:gsub("\n\n    ETS%..*", "")) end

local t = ETS.new("t", {})
local all = { { "$1", {}, { "$1" } } }
oracle.show("zero", complaint(function() ETS.select(t, all, 0) end))
oracle.show("word", complaint(function() ETS.select(t, all, "x") end))
oracle.show("match", complaint(function() ETS.match(t, { "$1" }, 0) end))
oracle.show("object", complaint(function() ETS.match_object(t, { "$1" }, -1) end))
oracle.show("reverse", complaint(function() ETS.select_reverse(t, all, 0) end))
oracle.show("specification", complaint(function() ETS.select(t, "x", 1) end))
oracle.show("continuation", complaint(function() ETS.select("x") end))
oracle.show("of match", complaint(function() ETS.match("x") end))
