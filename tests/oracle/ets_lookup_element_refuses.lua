local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local function complaint(fn) return (oracle.caught(fn)[2]:gsub("\n\n    ETS%..*", "")) end

local t = ETS.new("t", {})
ETS.insert(t, { "a", 1 })
oracle.show("there", ETS.lookup_element(t, "a", 2))
oracle.show("no key", complaint(function() ETS.lookup_element(t, "b", 1) end))
oracle.show("beyond", complaint(function() ETS.lookup_element(t, "a", 9) end))
oracle.show("zero", complaint(function() ETS.lookup_element(t, "a", 0) end))
oracle.show("no number", complaint(function() ETS.lookup_element(t, "a", "x") end))
