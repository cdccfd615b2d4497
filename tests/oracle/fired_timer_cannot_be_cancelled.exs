Code.require_file("support/oracle.ex", __DIR__)

timer = Process.send_after(self(), :tick, 0)
Oracle.show_messages("message", 1)
Oracle.show("cancel", Process.cancel_timer(timer))
Oracle.show("read", Process.read_timer(timer))
