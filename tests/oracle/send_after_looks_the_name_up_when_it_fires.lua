local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Process.send_after("later", "hello", 50)
Process.send_after("never", "lost", 10)
Process.register(self(), "later")
oracle.show_messages("message", 1)
