Code.require_file("support/oracle.ex", __DIR__)

Oracle.show("sum", Task.await(Task.async(fn -> 1 + 1 end)))
Oracle.show("nil", Task.await(Task.async(fn -> nil end)))
Oracle.show("mfa", Task.await(Task.async(Enum, :count, [[1, 2, 3]])))
task = Task.async(fn -> :done end)
Oracle.show("owner", task.owner == self())
Oracle.show("mine", Task.await(task, :infinity))
Oracle.show_mailbox("left")
