Code.require_file("support/oracle.ex", __DIR__)

{:ok, pid} = Agent.start_link(fn -> 1 end)
send(pid, :hello)
send(pid, {:DOWN, make_ref(), :process, self(), :normal})
Oracle.show("get", Agent.get(pid, & &1))
Oracle.show("alive", Process.alive?(pid))
