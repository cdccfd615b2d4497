Code.require_file("support/oracle.ex", __DIR__)

{:ok, pid} = Agent.start_link(fn -> 1 end)
Oracle.show("self", Agent.get(pid, fn _ -> self() end) == pid)
main = self()
captured = %{a: [1, 2]}
Agent.cast(pid, fn n -> send(main, {:from, self() == pid, captured}); n end)
Oracle.show_messages("message", 1)
