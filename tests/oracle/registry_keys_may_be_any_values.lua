local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Registry.start_link { keys = "unique", name = "R" }
local keys = { 1, "text", { "room", 7 }, { a = { 1, 2 } }, true }
for _, key in ipairs(keys) do Registry.register("R", key, key) end
for _, key in ipairs(keys) do oracle.show("lookup", Registry.lookup("R", key)) end
oracle.show("another", Registry.lookup("R", { "room", 8 }))
oracle.show("count", Registry.count("R"))
