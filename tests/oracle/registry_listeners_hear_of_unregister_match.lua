local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Process.register(self(), "listener")
Registry.start_link { keys = "duplicate", name = "R", listeners = { "listener" } }
Registry.register("R", "key", 1)
Registry.register("R", "key", 2)
oracle.show_messages("message", 2)
Registry.unregister_match("R", "key", 1)
oracle.show_mailbox("one")
Registry.unregister_match("R", "key", 1)
oracle.show_mailbox("none")
