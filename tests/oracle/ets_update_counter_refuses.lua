local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local function complaint(fn) return (oracle.caught(fn)[2]:gsub("\n\n    ETS%..*", "")) end

local t = ETS.new("t", {})
ETS.insert(t, { "a", 1, "x" })
oracle.show("no key", complaint(function() ETS.update_counter(t, "b", 1) end))
oracle.show("no integer", complaint(function() ETS.update_counter(t, "a", { 3, 1 }) end))
oracle.show("position", complaint(function() ETS.update_counter(t, "a", { 9, 1 }) end))
oracle.show("key", complaint(function() ETS.update_counter(t, "a", { 1, 1 }) end))
oracle.show("operation", complaint(function() ETS.update_counter(t, "a", "x") end))
oracle.show("increment", complaint(function() ETS.update_counter(t, "a", { 2, "x" }) end))
oracle.show("default", complaint(function() ETS.update_counter(t, "c", { 2, 1 }, 5) end))
oracle.show("bag", complaint(function() ETS.update_counter(ETS.new("b", { "bag" }), "a", 1) end))
oracle.show("second of a list", complaint(function() ETS.update_counter(t, "a", { { 2, 5 }, { 3, 1 } }) end))
oracle.show("unchanged", ETS.lookup(t, "a"))
