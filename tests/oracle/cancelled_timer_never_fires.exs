Code.require_file("support/oracle.ex", __DIR__)

timer = Process.send_after(self(), :tick, 60)
Oracle.show("time left", Process.read_timer(timer) in 1..60)
Oracle.show("cancelled with time left", Process.cancel_timer(timer) in 1..60)
Oracle.show("cancelled again", Process.cancel_timer(timer))
Oracle.show("read", Process.read_timer(timer))
Oracle.settle()
Oracle.show_mailbox("message")
