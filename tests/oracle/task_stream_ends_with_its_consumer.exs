Code.require_file("support/oracle.ex", __DIR__)

main = self()

owner =
  spawn(fn ->
    Task.async_stream([1, 2], fn n -> send(main, {:task, self(), n}); Process.sleep(:infinity) end, timeout: :infinity)
    |> Stream.run()
  end)

refs = for n <- [1, 2], do: receive(do: ({:task, pid, ^n} -> Process.monitor(pid)))
Process.exit(owner, :stop)
for ref <- refs, do: Oracle.show_reason("down", Oracle.down(ref))
