Code.require_file("support/oracle.ex", __DIR__)

Oracle.settle()
now = System.monotonic_time(:millisecond)
Process.send_after(self(), :at_a_moment, now + 30, abs: true)
Process.send_after(self(), :in_the_past, now - 5, abs: true)
Oracle.show_messages("message", 2)
timer = Process.send_after(self(), :tick, 1000)
Oracle.show_result("without info", Process.cancel_timer(timer, info: false))
Oracle.show("read", Process.read_timer(timer))
timer = Process.send_after(self(), :tick, 1000)
Oracle.show_result("async", Process.cancel_timer(timer, async: true))

receive do
  {:cancel_timer, ^timer, left} -> Oracle.show("message", left in 1..1000)
end

Oracle.show_result("async without info", Process.cancel_timer(timer, async: true, info: false))
Process.cancel_timer(timer, async: true)
Oracle.show_messages("message", 1)
Oracle.show_mailbox("mailbox")
