local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

oracle.show("raises", oracle.raises(function() send("nobody", "hello") end))
Process.register(self(), "me")
oracle.show("sent", send("me", "hello"))
oracle.show_mailbox("message")
