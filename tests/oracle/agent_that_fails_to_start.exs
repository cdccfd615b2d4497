Code.require_file("support/oracle.ex", __DIR__)

Oracle.trap_exit()
Oracle.show_result("raise", Agent.start_link(fn -> raise "boom" end))
Oracle.show_messages("exit", 1)
Oracle.show_result("exit", Agent.start(fn -> exit(:no) end))
Oracle.show_result("timeout", Agent.start(fn -> Process.sleep(:infinity) end, timeout: 50))
Oracle.show_mailbox("mailbox")
