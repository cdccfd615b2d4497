local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

oracle.show("no keys", oracle.raises(function() return Registry.start_link { name = "R" } end))
oracle.show("bad keys", oracle.raises(function() return Registry.start_link { keys = "some", name = "R" } end))
oracle.show("no name", oracle.raises(function() return Registry.start_link { keys = "unique" } end))
oracle.show("bad partitions", oracle.raises(function() return Registry.start_link { keys = "unique", name = "R", partitions = 0 } end))
oracle.show("bad listeners", oracle.raises(function() return Registry.start_link { keys = "unique", name = "R", listeners = "x" } end))
oracle.show("bad meta", oracle.raises(function() return Registry.start_link { keys = "unique", name = "R", meta = { 1 } } end))
oracle.show("good", oracle.raises(function() return Registry.start_link { keys = "unique", name = "R", partitions = 2 } end))
