Code.require_file("support/oracle.ex", __DIR__)

Oracle.trap_exit()
Process.exit(self(), :normal)
Process.exit(self(), :boom)
Oracle.show_messages("message", 2)
