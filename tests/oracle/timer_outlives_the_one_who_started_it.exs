Code.require_file("support/oracle.ex", __DIR__)

main = self()
spawn(fn -> send(main, {:timer, Process.send_after(main, :tick, 50)}) end)
timer = receive do {:timer, timer} -> timer end
Oracle.show("read by another", Process.read_timer(timer) in 1..50)
Oracle.show_messages("message", 1)
spawn(fn -> send(main, {:timer, Process.send_after(main, :tick, 50)}) end)
timer = receive do {:timer, timer} -> timer end
Oracle.show("cancelled by another", Process.cancel_timer(timer) in 1..50)
Oracle.settle()
Oracle.show_mailbox("mailbox")
