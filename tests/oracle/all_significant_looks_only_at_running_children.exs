Code.require_file("support/oracle.ex", __DIR__)

defmodule Tree do
  use Supervisor
  def start_link(specs), do: Supervisor.start_link(__MODULE__, specs)
  def init(specs), do: {:ok, {%{strategy: :one_for_one, auto_shutdown: :all_significant}, specs}}
end

Oracle.trap_exit()
leaf = fn id, restart -> Oracle.worker(id, %{restart: restart, significant: true}, %{trap: true}) end
plain = Oracle.worker(:plain, %{}, %{trap: true})
{:ok, sup} = Tree.start_link([leaf.(:a, :transient), leaf.(:b, :temporary), leaf.(:c, :transient), plain])
Oracle.show_messages("message", 4)
Oracle.show_result("terminate a", Supervisor.terminate_child(sup, :a))
GenServer.cast(:b, {:stop, :bad})
Oracle.settle()
Oracle.show("alive", Process.alive?(sup))
Oracle.show_result("restart a", Supervisor.restart_child(sup, :a) |> elem(0))
GenServer.cast(:c, {:stop, :shutdown})
Oracle.settle()
Oracle.show("alive", Process.alive?(sup))
Oracle.show("children", Enum.map(Supervisor.which_children(sup), &[elem(&1, 0), is_pid(elem(&1, 1))]))
Oracle.show_mailbox("message")
GenServer.cast(:a, {:stop, :normal})
Oracle.settle()
Oracle.show("alive", Process.alive?(sup))
Oracle.show_mailbox("message")
