Code.require_file("support/oracle.ex", __DIR__)
work = fn n -> Process.sleep(n * 50); n end
Oracle.show("one at a time", Enum.to_list(Task.async_stream([4, 3, 2, 1], work, max_concurrency: 1, ordered: false)) |> Enum.map(&elem(&1, 1)))
Oracle.show("all at a time", Enum.to_list(Task.async_stream([4, 3, 2, 1], work, max_concurrency: 4, ordered: false)) |> Enum.map(&elem(&1, 1)))
Oracle.show("two at a time", Enum.to_list(Task.async_stream([4, 1, 1, 1], work, max_concurrency: 2, ordered: false)) |> Enum.map(&elem(&1, 1)))
opts = [max_concurrency: 4, ordered: false, on_timeout: :kill_task, timeout: 125]
Oracle.show("late ones", for(result <- Task.async_stream([10, 1, 10, 2], work, opts), do: Tuple.to_list(result)))
opts = [on_timeout: :kill_task, timeout: 125, max_concurrency: 4]
Oracle.show("late ones in order", for(result <- Task.async_stream([10, 1, 10, 2], work, opts), do: result) |> Enum.map(&Tuple.to_list/1))
opts = [on_timeout: :kill_task, timeout: 75, zip_input_on_exit: true]
Oracle.show("with what they were given", for(result <- Task.async_stream([1, 10], work, opts), do: result) |> Enum.map(&Tuple.to_list/1))
Oracle.show_mailbox("rest")
Oracle.show("without end", for({:ok, n} <- Task.async_stream([1], work, timeout: :infinity), do: n))
Oracle.show("of nothing", Enum.to_list(Task.async_stream([], work)))
