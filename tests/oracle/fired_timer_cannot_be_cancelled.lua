local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local timer = Process.send_after(self(), "tick", 0)
oracle.show_messages("message", 1)
oracle.show("cancel", Process.cancel_timer(timer))
oracle.show("read", Process.read_timer(timer))
