local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local function complaint(fn) return (oracle.caught(fn)[2]:gsub("\n\n    ETS%..*", "")) end

oracle.show("new", ETS.new("old", { "named_table" }))
ETS.insert("old", { 1, 2 })
oracle.show("rename", ETS.rename("old", "new"))
oracle.show("lookup", ETS.lookup("new", 1))
oracle.show("old", ETS.whereis("old"))
ETS.new("third", { "named_table" })
oracle.show("taken", complaint(function() ETS.rename("new", "third") end))
oracle.show("number", complaint(function() ETS.rename("new", 5) end))
