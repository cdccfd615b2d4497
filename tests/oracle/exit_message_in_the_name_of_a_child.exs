Code.require_file("support/oracle.ex", __DIR__)

Oracle.trap_exit()
main = self()

defmodule Plain do
  def start_link(main) do
    pid = spawn_link(fn -> receive do reason -> exit(reason) end end)
    send(main, {:started, pid})
    {:ok, pid}
  end
end

{:ok, sup} = Supervisor.start_link([%{id: :plain, start: {Plain, :start_link, [main]}}], strategy: :one_for_one)
first = receive do {:started, pid} -> pid end
send(sup, {:EXIT, first, :pretended})
second = receive do {:started, pid} -> pid end
Oracle.show("first lives", Process.alive?(first))
Oracle.show("children", Enum.map(Supervisor.which_children(sup), &(elem(&1, 1) == second)))
send(first, :crash)
Oracle.settle()
Oracle.show_mailbox("after the first")
Oracle.show("counts", Supervisor.count_children(sup))
send(second, :crash)
Oracle.settle()
third = receive do {:started, pid} -> pid end
Oracle.show("children", Enum.map(Supervisor.which_children(sup), &(elem(&1, 1) == third)))
