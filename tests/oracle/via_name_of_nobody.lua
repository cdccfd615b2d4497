local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Registry.start_link { keys = "unique", name = "R" }
local name = { "via", Registry, { "R", "nobody" } }
oracle.show("whereis", GenServer.whereis(name))
oracle.show_reason("call", oracle.caught(function() return GenServer.call(name, "get", 100) end))
oracle.show_result("cast", GenServer.cast(name, "get"))
oracle.show_reason("stop", oracle.caught(function() return GenServer.stop(name) end))
oracle.show("send", oracle.raises(function() return Registry.send({ "R", "nobody" }, "hello") end))
