local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

oracle.settle()
local now = System.monotonic_time("millisecond")
Process.send_after(self(), "at_a_moment", now + 30, { abs = true })
Process.send_after(self(), "in_the_past", now - 5, { abs = true })
oracle.show_messages("message", 2)
local timer = Process.send_after(self(), "tick", 1000)
oracle.show_result("without info", Process.cancel_timer(timer, { info = false }))
oracle.show("read", Process.read_timer(timer))
timer = Process.send_after(self(), "tick", 1000)
oracle.show_result("async", Process.cancel_timer(timer, { async = true }))
receive {
  { { "cancel_timer", timer, _ }, function(left)
    oracle.show("message", left >= 1 and left <= 1000)
  end },
}
oracle.show_result("async without info", Process.cancel_timer(timer, { async = true, info = false }))
Process.cancel_timer(timer, { async = true })
oracle.show_messages("message", 1)
oracle.show_mailbox("mailbox")
