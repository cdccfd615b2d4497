Code.require_file("support/oracle.ex", __DIR__)

main = self()
fun = fn n -> if n == 2, do: exit(:oops), else: n end

owner =
  spawn(fn ->
    for result <- Task.async_stream(1..3, fun, max_concurrency: 1), do: send(main, result)
    send(main, :through)
  end)

ref = Process.monitor(owner)
Oracle.show_reason("down", Oracle.down(ref))
Oracle.show_mailbox("message")
Oracle.trap_exit()
Oracle.show("trapping", Enum.map(Task.async_stream(1..3, fun, max_concurrency: 1), &Tuple.to_list/1))
Oracle.show("zipped", Enum.map(Task.async_stream(1..3, fun, max_concurrency: 1, zip_input_on_exit: true), &Tuple.to_list/1))
Oracle.show_mailbox("left")
