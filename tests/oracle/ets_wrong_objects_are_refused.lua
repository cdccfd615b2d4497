local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local function complaint(fn) return (oracle.caught(fn)[2]:gsub("\n\n    ETS%..*", "")) end

local t = ETS.new("t", {})
oracle.show("number", complaint(function() ETS.insert(t, 1) end))
oracle.show("empty", complaint(function() ETS.insert(t, {}) end))
oracle.show("insert_new", complaint(function() ETS.insert_new(t, 3) end))
oracle.show("delete_object", complaint(function() ETS.delete_object(t, 1) end))
oracle.show("next", complaint(function() ETS.next(t, "zz") end))
oracle.show("prev", complaint(function() ETS.prev(t, "zz") end))
oracle.show("info", complaint(function() ETS.info(t, "foo") end))
