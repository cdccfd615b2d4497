Code.require_file("support/oracle.ex", __DIR__)

defmodule Loose do
  use GenServer
  def start_link(arg), do: GenServer.start_link(__MODULE__, arg, name: :loose)
  def init(main), do: {:ok, main}
  def handle_cast({:unlink, sup}, main), do: {:noreply, (Process.unlink(sup); main)}
  def handle_cast(:crash, main), do: {:stop, :crash, main}
end

Oracle.trap_exit()
child = %{id: :loose, start: {Loose, :start_link, [self()]}}
{:ok, sup} = Supervisor.start_link([child], strategy: :one_for_one)
loose = Process.whereis(:loose)
GenServer.cast(loose, {:unlink, sup})
ref = Process.monitor(loose)
Oracle.show_result("terminate", Supervisor.terminate_child(sup, :loose))
Oracle.show("down", Oracle.down(ref))
{:ok, loose} = Supervisor.restart_child(sup, :loose)
GenServer.cast(loose, {:unlink, sup})
GenServer.cast(loose, :crash)
Oracle.settle()
Oracle.show("name", Process.whereis(:loose))
Oracle.show("children", Enum.map(Supervisor.which_children(sup), &(elem(&1, 1) == loose)))
Oracle.show("counts", Supervisor.count_children(sup))
Oracle.show_result("restart", Supervisor.restart_child(sup, :loose))
Oracle.show_result("terminate", Supervisor.terminate_child(sup, :loose))
Oracle.show_result("delete", Supervisor.delete_child(sup, :loose))
Oracle.show_result("stop", Supervisor.stop(sup))
Oracle.show_mailbox("message")
