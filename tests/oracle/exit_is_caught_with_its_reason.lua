local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

oracle.show("caught", oracle.caught(function() exit({ "my", "reason" }) end))
oracle.show("caught", oracle.caught(function() exit("normal") end))
oracle.show("caught", oracle.caught(function() error("boom") end))
oracle.show("value", oracle.caught(function() return 7 end))
