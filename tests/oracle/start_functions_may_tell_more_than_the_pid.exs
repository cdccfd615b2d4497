Code.require_file("support/oracle.ex", __DIR__)

defmodule Telling do
  def start(id, main) do
    {:ok, pid} = GenServer.start_link(Worker, %{id: id, main: main}, name: id)
    {:ok, pid, {:more, id}}
  end
end

child = fn id -> %{id: id, start: {Telling, :start, [id, self()]}} end
{:ok, sup} = Supervisor.start_link([child.(:a)], strategy: :one_for_one)
Oracle.show_result("start_child", Supervisor.start_child(sup, child.(:b)))
GenServer.cast(:a, {:stop, :crash})
Oracle.settle()
Oracle.show_result("terminate", Supervisor.terminate_child(sup, :b))
Oracle.show_result("restart_child", Supervisor.restart_child(sup, :b))
Oracle.show_result("again", Supervisor.start_child(sup, child.(:b)))
{:ok, dynamic} = DynamicSupervisor.start_link(strategy: :one_for_one)
Oracle.show_result("dynamic", DynamicSupervisor.start_child(dynamic, child.(:c)))
Oracle.show_mailbox("message")
