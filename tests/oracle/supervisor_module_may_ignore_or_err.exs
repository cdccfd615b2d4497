Code.require_file("support/oracle.ex", __DIR__)

defmodule Odd do
  use Supervisor
  def init(:ignore), do: :ignore
  def init(:empty), do: Supervisor.init([], strategy: :one_for_one)
end

Oracle.trap_exit()
Oracle.show_result("ignore", Supervisor.start_link(Odd, :ignore))
Oracle.show_messages("message", 1)
{:ok, sup} = Supervisor.start_link(Odd, :empty, name: :odd)
Oracle.show("name", Process.whereis(:odd) == sup)
Oracle.show_result("again", Supervisor.start_link(Odd, :empty, name: :odd))
Oracle.show("counts", Supervisor.count_children(:odd))
