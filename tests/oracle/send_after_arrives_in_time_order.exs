Code.require_file("support/oracle.ex", __DIR__)

Process.send_after(self(), :third, 150)
Process.send_after(self(), :first, 10)
Process.send_after(self(), :second, 80)
send(self(), :now)
Oracle.show_messages("message", 4)
