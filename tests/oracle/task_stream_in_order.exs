Code.require_file("support/oracle.ex", __DIR__)

fun = fn n -> Process.sleep(60 - 10 * n); n * n end
for {status, value} <- Task.async_stream(1..5, fun, max_concurrency: 5), do: Oracle.show("result", {status, value})
for {status, value} <- Task.async_stream(1..5, fun, max_concurrency: 1), do: Oracle.show("one by one", {status, value})
for {status, value} <- Task.async_stream(1..4, fn n -> Process.sleep(250 - 50 * n); n end, max_concurrency: 4, ordered: false), do: Oracle.show("as they come", {status, value})
Oracle.show("empty", Enum.map(Task.async_stream([], fun), &Tuple.to_list/1))
Oracle.show_mailbox("left")
