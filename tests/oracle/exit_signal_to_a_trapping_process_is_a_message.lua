local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

oracle.trap_exit()
Process.exit(self(), "normal")
Process.exit(self(), "boom")
oracle.show_messages("message", 2)
