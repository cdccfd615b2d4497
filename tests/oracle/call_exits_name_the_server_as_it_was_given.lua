local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local registry = Registry.start_link { keys = "unique", name = "Names" }

local function refused(label, server)
  oracle.show(label, oracle.caught(function() GenServer.call(server, "hello", 50) end))
end

refused("a name", "nobody")
refused("a name with its node", { "nobody", Node.self() })
refused("a via name", { "via", Registry, { "Names", "nobody" } })
Process.register(self(), "me")
refused("my own name", "me")
refused("my own name with its node", { "me", Node.self() })
refused("myself", self())
local slow = spawn(function() Process.sleep("infinity") end)
Process.register(slow, "slow")
refused("too slow", "slow")
refused("too slow, with its node", { "slow", Node.self() })
oracle.show("registry lives", Process.alive(registry))
