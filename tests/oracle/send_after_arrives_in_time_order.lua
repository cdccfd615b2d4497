local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Process.send_after(self(), "third", 150)
Process.send_after(self(), "first", 10)
Process.send_after(self(), "second", 80)
send(self(), "now")
oracle.show_messages("message", 4)
