Code.require_file("support/oracle.ex", __DIR__)

{:ok, sup} = PartitionSupervisor.start_link(child_spec: DynamicSupervisor, name: :parts, partitions: 3)
Oracle.show("partitions", PartitionSupervisor.partitions(:parts))
Oracle.show("count", PartitionSupervisor.count_children(:parts))
children = PartitionSupervisor.which_children(:parts)
Oracle.show("children", Enum.map(children, fn {id, _, type, modules} -> {id, type, modules} end))
pids = for {id, pid, _, _} <- Enum.sort(children), into: %{}, do: {id, pid}
at = fn key -> GenServer.whereis({:via, PartitionSupervisor, {:parts, key}}) end
for key <- [0, 1, 2, 3, 7, -4], do: Oracle.show("key", {key, at.(key) == pids[rem(abs(key), 3)]})
Oracle.show("same", at.(:a) == at.(:a))
{:ok, _} = DynamicSupervisor.start_child({:via, PartitionSupervisor, {:parts, 4}}, Oracle.worker(:w))
Oracle.show("there", DynamicSupervisor.count_children(pids[1]))
Oracle.show_result("stop", PartitionSupervisor.stop(:parts))
Oracle.show("alive", Process.alive?(sup))
