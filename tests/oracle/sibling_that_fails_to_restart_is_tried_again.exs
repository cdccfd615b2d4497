Code.require_file("support/oracle.ex", __DIR__)

defmodule Fragile do
  use GenServer
  def start_link(id, agent, main), do: GenServer.start_link(__MODULE__, {id, agent, main}, name: id)

  def init({id, agent, main}) do
    Process.flag(:trap_exit, true)
    bad = Agent.get_and_update(agent, fn left -> {Map.get(left, id, 0) > 0, Map.update(left, id, 0, &(&1 - 1))} end)
    send(main, {:init, id, bad})
    if bad, do: {:stop, :not_yet}, else: {:ok, {id, main}}
  end

  def handle_cast(:crash, state), do: {:stop, :crash, state}
  def terminate(reason, {id, main}), do: send(main, {:terminate, id, reason})
end

Oracle.trap_exit()

for strategy <- [:one_for_all, :rest_for_one], failing <- [:a, :b, :c] do
  {:ok, agent} = Agent.start_link(fn -> %{} end)
  children = for id <- [:a, :b, :c], do: %{id: id, start: {Fragile, :start_link, [id, agent, self()]}}
  {:ok, sup} = Supervisor.start_link(children, strategy: strategy, max_restarts: 4)
  Oracle.show_messages("start", 3)
  Agent.update(agent, fn _ -> %{failing => 2} end)
  GenServer.cast(:b, :crash)
  Oracle.settle()
  Oracle.show_mailbox("#{strategy} with #{failing} failing")
  Oracle.show("alive", Process.alive?(sup))
  Agent.update(agent, fn _ -> %{failing => 100} end)
  GenServer.cast(failing, :crash)
  Oracle.settle()
  Oracle.show_mailbox("once more")
  Oracle.show("alive", Process.alive?(sup))
end
