local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local function complaint(fn) return (oracle.caught(fn)[2]:gsub("\n\n    ETS%..*", "")) end

oracle.show("lookup", complaint(function() ETS.lookup("nope", 1) end))
oracle.show("insert", complaint(function() ETS.insert("nope", { 1 }) end))
oracle.show("delete", complaint(function() ETS.delete("nope") end))
oracle.show("tab2list", complaint(function() ETS.tab2list("nope") end))
oracle.show("member", complaint(function() ETS.member("nope", 1) end))
oracle.show("first", complaint(function() ETS.first("nope") end))
oracle.show("match", complaint(function() ETS.match("nope", "_") end))
oracle.show("rename", complaint(function() ETS.rename("nope", "x") end))
oracle.show("no name", complaint(function() ETS.lookup(12, 1) end))
oracle.show("info", ETS.info("nope"))
oracle.show("size", ETS.info("nope", "size"))
oracle.show("whereis", ETS.whereis("nope"))
