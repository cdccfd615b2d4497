Code.require_file("support/oracle.ex", __DIR__)

{:ok, pid} = Agent.start_link(fn -> %{} end, name: :cache)
Oracle.show("whereis", Process.whereis(:cache) == pid)
Oracle.show_result("taken", Agent.start(fn -> %{} end, name: :cache) |> case do {:error, {tag, p}} -> {:error, {tag, p == pid}} end)
Agent.update(:cache, &Map.put(&1, :a, 1))
Oracle.show("get", Agent.get(:cache, & &1))
Oracle.show_result("stop", Agent.stop(:cache, :normal, 500))
Oracle.show("gone", Process.whereis(:cache))
