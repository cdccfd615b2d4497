Code.require_file("support/oracle.ex", __DIR__)
defmodule Woken do
  def run(main), do: send(main, {:woken, receive(do: (message -> message))})
end

main = self()
pid = spawn(fn -> :proc_lib.hibernate(Woken, :run, [main]) end)
Oracle.settle()
Oracle.show("hibernates", elem(Process.info(pid, :current_function), 1) |> Tuple.to_list() |> Enum.take(2) |> Enum.join("."))
Oracle.show("status", elem(Process.info(pid, :status), 1))
send(pid, :up)
Oracle.show_messages("told", 1)
Oracle.settle()
Oracle.show("ended", Process.alive?(pid))
