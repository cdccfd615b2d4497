Code.require_file("support/oracle.ex", __DIR__)

defmodule Tree do
  use Supervisor
  def start_link({flags, specs}), do: Supervisor.start_link(__MODULE__, {flags, specs})
  def init({flags, specs}), do: {:ok, {Map.merge(%{strategy: :one_for_one, intensity: 3}, flags), specs}}
end

leaf = fn id -> Oracle.worker(id, %{restart: :transient, significant: true}, %{trap: true}) end

inner = fn id, significant ->
  arg = {%{auto_shutdown: :any_significant}, [leaf.(id), Oracle.worker("#{id}_sibling" |> String.to_atom(), %{}, %{trap: true})]}
  %{id: {:inner, id}, start: {Tree, :start_link, [arg]}, type: :supervisor, restart: :transient, significant: significant}
end

Oracle.trap_exit()

for auto <- [:never, :any_significant, :all_significant] do
  {:ok, sup} = Tree.start_link({%{auto_shutdown: auto}, [inner.(:a, auto != :never), inner.(:b, auto != :never)]})
  Oracle.show_messages("message", 4)
  GenServer.cast(:a, {:stop, :normal})
  Oracle.settle()
  Oracle.show_mailbox("after a")
  if Process.alive?(sup), do: GenServer.cast(:b, {:stop, {:shutdown, 1}})
  Oracle.settle()
  Oracle.show_mailbox("after b")
  Oracle.show("alive", Process.alive?(sup))
  if Process.alive?(sup), do: Oracle.show("counts", Supervisor.count_children(sup))
  if Process.alive?(sup), do: Supervisor.stop(sup)
  Oracle.show_mailbox("end")
end
