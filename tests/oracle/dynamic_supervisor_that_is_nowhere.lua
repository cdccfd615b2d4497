local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

oracle.show("children", oracle.caught(function() return DynamicSupervisor.which_children("nowhere") end))
oracle.show("count", oracle.caught(function() return DynamicSupervisor.count_children("nowhere") end))
oracle.show("stop", oracle.caught(function() return DynamicSupervisor.stop("nowhere") end))
oracle.show("pid", oracle.raises(function() return DynamicSupervisor.terminate_child("nowhere", "a") end))
