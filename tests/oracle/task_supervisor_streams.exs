Code.require_file("support/oracle.ex", __DIR__)

{:ok, sup} = Task.Supervisor.start_link()
Oracle.show("linked", Enum.map(Task.Supervisor.async_stream(sup, 1..3, fn n -> n * n end), &Tuple.to_list/1))
fun = fn n -> if n == 2, do: exit(:oops), else: n end
Oracle.show("nolink", Enum.map(Task.Supervisor.async_stream_nolink(sup, 1..3, fun), &Tuple.to_list/1))
slow = fn n -> if n == 2, do: Process.sleep(:infinity), else: n end
Oracle.show("slow", Enum.map(Task.Supervisor.async_stream_nolink(sup, 1..3, slow, timeout: 50, on_timeout: :kill_task), &Tuple.to_list/1))
Oracle.settle()
Oracle.show("children", Task.Supervisor.children(sup))
main = self()
owner = spawn(fn -> Enum.to_list(Task.Supervisor.async_stream(sup, 1..3, fun, max_concurrency: 1)); send(main, :through) end)
ref = Process.monitor(owner)
Oracle.show_reason("down", Oracle.down(ref))
Oracle.show_mailbox("left")
