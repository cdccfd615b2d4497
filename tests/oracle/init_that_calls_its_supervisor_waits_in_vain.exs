Code.require_file("support/oracle.ex", __DIR__)

defmodule Asking do
  use GenServer
  def start_link(sup), do: GenServer.start_link(__MODULE__, sup)

  def init(sup) do
    GenServer.call(sup, :count_children, 50)
    {:ok, nil}
  end
end

Oracle.trap_exit()
{:ok, sup} = Supervisor.start_link([], strategy: :one_for_one, name: :sup)
{:error, {reason, _child}} = Supervisor.start_child(sup, %{id: :asking, start: {Asking, :start_link, [:sup]}})
Oracle.show("failed", reason)
Oracle.show("temporary", Supervisor.start_child(sup, %{id: :asking, start: {Asking, :start_link, [:sup]}, restart: :temporary}) |> elem(0))
Oracle.show("counts", Supervisor.count_children(sup))
Oracle.show_mailbox("mailbox")
