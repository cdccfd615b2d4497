Code.require_file("support/oracle.ex", __DIR__)

pid = spawn(fn -> Process.sleep(:infinity) end)
Process.register(pid, :sleeper)
Process.monitor(:sleeper)
Process.exit(pid, :boom)
Oracle.show_messages("message", 1)
Process.monitor(:nobody)
Oracle.show_messages("message", 1)
