local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local heir, heir_ref = spawn_monitor(function() end)
oracle.show("heir", oracle.down(heir_ref))
local _, ref = spawn_monitor(function() ETS.new("lost", { "named_table", heir = { heir, 1 } }) end)
oracle.show("owner", oracle.down(ref))
oracle.show("table", ETS.info("lost"))
