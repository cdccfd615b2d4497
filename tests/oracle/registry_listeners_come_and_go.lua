local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")
Registry.start_link { keys = "duplicate", name = "R", listeners = { "listener" } }
oracle.show("nobody listens", oracle.raises(function() Registry.register("R", "before", 1) end))
oracle.show("registered all the same", Registry.values("R", "before", self()))
Process.register(self(), "listener")
oracle.show_mailbox("nothing told before")
Registry.register("R", "hello", { a = 1 })
Registry.register("R", "hello", nil)
local told = {}
for i = 1, 2 do
  receive { { { "register", "R", "hello", any, any }, function(_, value) told[i] = value or "none" end } }
end
oracle.show("told", told)
Registry.unregister("R", "hello")
oracle.show_mailbox("one word for both")
Registry.unregister("R", "hello")
oracle.show_mailbox("none for nothing")
Registry.unregister_match("R", "before", 2)
oracle.show_mailbox("nothing fits")
Registry.unregister_match("R", "before", 1)
oracle.show_mailbox("fits")
Registry.start_link { keys = "unique", name = "U", listeners = { "listener" } }
Registry.register("U", "a", 1)
Registry.register("U", "a", 2)
Registry.update_value("U", "a", function(n) return n + 1 end)
Registry.put_meta("U", "a", 1)
oracle.show_mailbox("unique")
oracle.show_result("registered by name", Registry.register_name({ "U", "b", 1 }, self()))
oracle.show_result("taken name", Registry.register_name({ "U", "b" }, self()))
oracle.show_result("unregistered by name", Registry.unregister_name { "U", "b" })
oracle.show_mailbox("names")
