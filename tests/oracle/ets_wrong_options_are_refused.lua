local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local function complaint(fn) return (oracle.caught(fn)[2]:gsub("\n\n    ETS%..*", "")) end

oracle.show("option", complaint(function() ETS.new("a", { "foo" }) end))
oracle.show("name", complaint(function() ETS.new(1, {}) end))
oracle.show("list", complaint(function() ETS.new("a", "set") end))
oracle.show("keypos", complaint(function() ETS.new("a", { keypos = 0 }) end))
oracle.show("heir", complaint(function() ETS.new("a", { heir = { "x", 1 } }) end))
oracle.show("named", ETS.new("a", { "named_table" }))
oracle.show("taken", complaint(function() ETS.new("a", { "named_table" }) end))
oracle.show("concurrency", ETS.info(ETS.new("b", { read_concurrency = true }), "read_concurrency"))
