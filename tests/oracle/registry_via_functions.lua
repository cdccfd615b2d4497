local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Registry.start_link { keys = "unique", name = "R" }
oracle.show("yes", Registry.register_name({ "R", "key" }, self()))
oracle.show("no", Registry.register_name({ "R", "key" }, self()))
oracle.show("value", Registry.register_name({ "R", "other", 5 }, self()))
oracle.show("values", Registry.values("R", "other", self()))
oracle.show("whereis", Registry.whereis_name({ "R", "key" }) == self())
oracle.show("send", Registry.send({ "R", "key" }, { "hello", 1 }))
oracle.show_messages("message", 1)
oracle.show_result("unregister", Registry.unregister_name({ "R", "key" }))
oracle.show("gone", Registry.whereis_name({ "R", "key" }) == nil)
