local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")
oracle.trap_exit()
local function same(x) return x end
Registry.start_link { keys = "unique", name = "R" }
Registry.start_link { keys = "duplicate", name = "D" }
local via = { "via", Registry, { "R", "self", "value" } }
Registry.register_name({ "R", "self", "value" }, self())
oracle.show("value", Registry.lookup("R", "self"))
GenServer.cast(via, "message")
oracle.show_mailbox("cast")
Registry.send({ "R", "self" }, "direct")
oracle.show_mailbox("send")
oracle.show("send to nobody", oracle.caught(function() Registry.send({ "R", "nobody" }, "direct") end)[1])
oracle.show("whereis of a value", Registry.whereis_name { "R", "self", "other" } == self())
oracle.show("nobody", Registry.whereis_name { "R", "nobody" } or "undefined")
local name = { "via", Registry, { "R", "agent" } }
local pid = Agent.start_link(function() return 0 end, { name = name })
oracle.show_result("update", Agent.update(name, function(n) return n + 1 end))
oracle.show("get", Agent.get(name, same))
oracle.show_result("taken", Agent.start(function() return 0 end, { name = name }))
oracle.show("no such name", GenServer.whereis { "via", Registry, { "R", "none" } })
local _, reason = Agent.start(function() error("oops") end, { name = { "via", Registry, { "R", "fails", "v" } } })
oracle.show("failing start", tostring(reason[1]):find("oops") ~= nil)
oracle.show("leaves no name", Registry.lookup("R", "fails"))
oracle.show("duplicate", oracle.raises(function() Agent.start_link(function() end, { name = { "via", Registry, { "D", "hello" } } }) end))
oracle.show("unknown registry", oracle.raises(function() Agent.start_link(function() end, { name = { "via", Registry, { "Unknown", "hello" } } }) end))
Agent.stop(pid)
oracle.show("free again", Registry.whereis_name { "R", "agent" } or "undefined")
