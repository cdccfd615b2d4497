Code.require_file("support/oracle.ex", __DIR__)

main = self()

chain = fn chain, depth ->
  spawn_link(fn ->
    if depth == 3, do: Process.flag(:trap_exit, true)
    if depth < 5, do: chain.(chain, depth + 1)
    send(main, {:up, depth})

    receive do
      :crash -> exit({:crash, depth})
      {:EXIT, _, reason} -> send(main, {:depth, depth, reason})
    end

    Process.sleep(:infinity)
  end)
end

top = chain.(chain, 1)

pids = fn pids, pid, seen ->
  {:links, links} = Process.info(pid, :links)
  links = Enum.sort(links -- [main | seen])
  if links == [], do: Enum.reverse([pid | seen]), else: pids.(pids, hd(links), [pid | seen])
end

Oracle.settle()
Oracle.show_messages("message", 5)
all = pids.(pids, top, [])
Oracle.show("count", length(all))
send(List.last(all), :crash)
Oracle.settle()
Oracle.show_mailbox("message")
Oracle.show("alive", Enum.map(all, &Process.alive?/1))
