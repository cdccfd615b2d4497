local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local function complaint(fn) return (oracle.caught(fn)[2]:gsub("\n\n    ETS%..*", "")) end

local t = ETS.new("t", { keypos = 2 })
oracle.show("insert", ETS.insert(t, { "ada", 1 }))
oracle.show("again", ETS.insert(t, { "bob", 1 }))
oracle.show("lookup", ETS.lookup(t, 1))
oracle.show("member", ETS.member(t, "bob"))
oracle.show("keypos", ETS.info(t, "keypos"))
oracle.show("too short", complaint(function() ETS.insert(t, { 1 }) end))
