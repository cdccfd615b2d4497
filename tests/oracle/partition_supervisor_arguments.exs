Code.require_file("support/oracle.ex", __DIR__)

defmodule Part do
  use GenServer
  def start_link(main, partition), do: GenServer.start_link(__MODULE__, {main, partition})
  def init({main, partition}), do: (send(main, {:init, partition}); {:ok, partition})
end

spec = %{id: :ignored, start: {Part, :start_link, [self()]}, restart: :transient}

{:ok, _} =
  PartitionSupervisor.start_link(
    child_spec: spec,
    name: :parts,
    partitions: 2,
    with_arguments: fn args, partition -> args ++ [partition] end
  )

Oracle.show_messages("message", 2)
Process.exit(GenServer.whereis({:via, PartitionSupervisor, {:parts, 1}}), :kill)
Oracle.show_messages("message", 1)
Oracle.show("spec", Map.delete(PartitionSupervisor.child_spec(name: :parts), :start))
Oracle.show("noproc", Oracle.caught(fn -> PartitionSupervisor.partitions(:nowhere) end))
Oracle.show("name", Oracle.caught(fn -> PartitionSupervisor.start_link(child_spec: spec) end))
