local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local function complaint(fn) return (oracle.caught(fn)[2]:gsub("\n\n    ETS%..*", "")) end

local t = ETS.new("t", {})
ETS.insert(t, { "a", 1, 2 })
oracle.show("one", ETS.update_element(t, "a", { 2, "x" }))
oracle.show("several", ETS.update_element(t, "a", { { 2, "y" }, { 3, { 1, 2 } } }))
oracle.show("object", ETS.lookup(t, "a"))
oracle.show("no key", ETS.update_element(t, "b", { 2, 1 }))
oracle.show("position", complaint(function() ETS.update_element(t, "a", { 9, 1 }) end))
oracle.show("key", complaint(function() ETS.update_element(t, "a", { 1, 1 }) end))
oracle.show("wrong", complaint(function() ETS.update_element(t, "a", 1) end))
