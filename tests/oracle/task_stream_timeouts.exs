Code.require_file("support/oracle.ex", __DIR__)

fun = fn n -> if n == 2, do: Process.sleep(:infinity), else: n end
options = [timeout: 50, on_timeout: :kill_task]
Oracle.show("killed", Enum.map(Task.async_stream(1..3, fun, options), &Tuple.to_list/1))
Oracle.show("zipped", Enum.map(Task.async_stream(1..3, fun, [zip_input_on_exit: true] ++ options), &Tuple.to_list/1))
Oracle.show("exit", Oracle.caught(fn -> Enum.to_list(Task.async_stream(1..3, fun, timeout: 50)) end))
Oracle.settle()
Oracle.show_mailbox("left")
