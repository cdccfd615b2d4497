Code.require_file("support/oracle.ex", __DIR__)

defmodule Moody do
  use GenServer
  def start_link(id, agent, main), do: GenServer.start_link(__MODULE__, {id, agent, main}, name: id)

  def init({id, agent, main}) do
    mood = Agent.get_and_update(agent, fn count -> {count, count + 1} end)
    send(main, {:init, id, mood})
    if mood in [2, 3], do: :ignore, else: {:ok, nil}
  end

  def handle_cast(:crash, state), do: {:stop, :crash, state}
end

for restart <- [:permanent, :transient, :temporary] do
  {:ok, agent} = Agent.start_link(fn -> 1 end)
  moody = %{id: :moody, start: {Moody, :start_link, [:moody, agent, self()]}, restart: restart}
  {:ok, sup} = Supervisor.start_link([moody], strategy: :one_for_one)
  GenServer.cast(:moody, :crash)
  Oracle.settle()
  Oracle.show_mailbox("message")
  Oracle.show("children", Supervisor.which_children(sup))
  Oracle.show("counts", Supervisor.count_children(sup))
  Oracle.show_result("restart", Supervisor.restart_child(sup, :moody))
  again = Supervisor.restart_child(sup, :moody)
  Oracle.show_result("restart", again)
  Oracle.show_mailbox("message")
  Supervisor.stop(sup)
end
