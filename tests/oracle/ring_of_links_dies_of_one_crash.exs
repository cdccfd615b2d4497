Code.require_file("support/oracle.ex", __DIR__)

main = self()
size = 10

node = fn ->
  receive do
    {:link, next} -> Process.link(next)
  end

  send(main, :linked)

  receive do
    reason -> exit(reason)
  end
end

ring = fn ->
  pids = for _ <- 1..size, do: spawn(node)
  for {pid, next} <- Enum.zip(pids, tl(pids) ++ [hd(pids)]), do: send(pid, {:link, next})
  Oracle.show_messages("message", size)
  {pids, Enum.map(pids, &Process.monitor/1)}
end

{pids, refs} = ring.()
send(Enum.at(pids, 4), {:crash, 1})
for ref <- refs, do: Oracle.show("down", Oracle.down(ref))
{pids, refs} = ring.()
Process.exit(Enum.at(pids, 2), :kill)
Oracle.show("reasons", refs |> Enum.map(&Oracle.down/1) |> Enum.uniq())
{pids, _} = ring.()
send(hd(pids), :normal)
Oracle.settle()
Oracle.show("alive", Enum.map(pids, &Process.alive?/1))
Oracle.show("links", Enum.map(pids, fn pid -> if Process.alive?(pid), do: length(elem(Process.info(pid, :links), 1)), else: 0 end))
