Code.require_file("support/oracle.ex", __DIR__)

main = self()
pid = spawn(fn -> for n <- 1..5, do: send(main, {:number, n}) end)
Oracle.show("alive is a boolean", is_boolean(Process.alive?(pid)))
Oracle.show_messages("message", 5)
