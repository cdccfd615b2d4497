Code.require_file("support/oracle.ex", __DIR__)

Process.send_after(:later, :hello, 50)
Process.send_after(:never, :lost, 10)
Process.register(self(), :later)
Oracle.show_messages("message", 1)
