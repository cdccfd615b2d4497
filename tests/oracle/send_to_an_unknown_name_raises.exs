Code.require_file("support/oracle.ex", __DIR__)

Oracle.show("raises", Oracle.raises(fn -> send(:nobody, :hello) end))
Process.register(self(), :me)
Oracle.show("sent", send(:me, :hello))
Oracle.show_mailbox("message")
