Code.require_file("support/oracle.ex", __DIR__)

Oracle.trap_exit()
{:ok, sup} = PartitionSupervisor.start_link(child_spec: {Agent, fn -> 0 end}, name: Parts, partitions: 2)
at = fn key -> GenServer.whereis({:via, PartitionSupervisor, {Parts, key}}) end
update = fn key -> Agent.get_and_update({:via, PartitionSupervisor, {Parts, key}}, &{&1 + 1, &1 + 1}) end
Oracle.show("updates", [update.(0), update.(0), update.(1)])
before = at.(0)
Process.exit(before, :kill)
Oracle.settle()
Oracle.show("another", at.(0) != before and is_pid(at.(0)))
Oracle.show("updates", [update.(0), update.(1)])
Oracle.show("counts", PartitionSupervisor.count_children(Parts))
for _ <- 1..3, do: (Process.exit(at.(1), :kill); Oracle.settle())
Oracle.show("alive", Process.alive?(sup))
Oracle.show_mailbox("message")
Oracle.show("nobody", Oracle.caught(fn -> at.(0) end))
