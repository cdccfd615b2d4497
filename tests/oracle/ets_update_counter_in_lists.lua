local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local function complaint(fn) return (oracle.caught(fn)[2]:gsub("\n\n    ETS%..*", "")) end

local t = ETS.new("t", {})
ETS.insert(t, { 1, 1, 10 })
oracle.show("none", ETS.update_counter(t, 1, {}))
oracle.show("in turn", ETS.update_counter(t, 1, { { 2, 1 }, { 2, 10, 20, 0 }, { 2, -1, 0, 5 } }))
oracle.show("wraps", ETS.update_counter(t, 1, { { 2, 10, 20, 0 }, { 3, -11, 0, 7 } }))
oracle.show("object", ETS.lookup(t, 1))
oracle.show("default", ETS.update_counter(t, 2, { { 2, 1 }, { 3, 1 } }, { 0, 5, 6 }))
oracle.show("all or nothing", complaint(function() ETS.update_counter(t, 1, { { 2, 1 }, { 4, 1 } }) end))
oracle.show("object", ETS.lookup(t, 1))
oracle.show("no default is left", oracle.raises(function()
  ETS.update_counter(t, 3, { { 2, 1 }, { 5, 1 } }, { 0, 5, 6 })
end))
oracle.show("objects", ETS.lookup(t, 3))
oracle.show("threshold", complaint(function() ETS.update_counter(t, 1, { 2, 1, 5 }) end))
