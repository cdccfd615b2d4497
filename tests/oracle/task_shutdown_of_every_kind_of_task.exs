Code.require_file("support/oracle.ex", __DIR__)

Oracle.trap_exit()

kinds = [
  fine: fn -> :done end,
  sleeping: fn -> Process.sleep(:infinity) end,
  trapping: fn -> Process.flag(:trap_exit, true); Process.sleep(:infinity) end,
  exiting: fn -> exit(:bad) end,
  normal: fn -> exit(:normal) end
]

for {name, fun} <- kinds, how <- [20, :brutal_kill] do
  task = Task.async(fun)
  Oracle.settle()
  Oracle.show("#{name}", Oracle.caught(fn -> Task.shutdown(task, how) end))
  Oracle.settle()
  for {:EXIT, _, reason} <- (for _ <- 1..1, do: (receive do message -> message after 0 -> nil end)), do: Oracle.show("exit", reason)
  Oracle.show_mailbox("mailbox")
end
