Code.require_file("support/oracle.ex", __DIR__)

task = Task.async(fn -> :done end)
Oracle.settle()
Oracle.show("ref", task.ref)
Oracle.show_mailbox("message")
