Code.require_file("support/oracle.ex", __DIR__)

{:ok, pid} = Agent.start_link(fn -> 1 end)
for n <- 1..3, do: Agent.cast(pid, &(&1 * 10 + n))
Agent.update(pid, &(&1 * 10 + 4))
Oracle.show("get", Agent.get(pid, & &1))
Oracle.show("state", :sys.get_state(pid))
