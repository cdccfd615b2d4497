Code.require_file("support/oracle.ex", __DIR__)

defmodule Tree do
  use Supervisor
  def start_link({flags, specs}), do: Supervisor.start_link(__MODULE__, {flags, specs})
  def init({flags, specs}), do: {:ok, {flags, specs}}
end

Oracle.trap_exit()
child = fn id, significant -> Oracle.worker(id, %{restart: :transient, significant: significant}, %{trap: true}) end
flags = %{strategy: :one_for_one, auto_shutdown: :any_significant}
{:ok, _} = Tree.start_link({flags, [child.(:a, true), child.(:b, true), child.(:c, false)]})
Oracle.show_messages("message", 3)
GenServer.cast(:c, {:stop, :normal})
Oracle.settle()
Oracle.show_mailbox("after c ended with normal")
GenServer.cast(:b, {:stop, :normal})
Oracle.settle()
Oracle.show_mailbox("after b ended with normal")
