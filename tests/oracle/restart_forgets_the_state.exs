Code.require_file("support/oracle.ex", __DIR__)

defmodule Counter do
  use GenServer
  def start_link(n), do: GenServer.start_link(__MODULE__, n, name: __MODULE__)
  def init(n), do: {:ok, n}
  def handle_call(:next, _from, n), do: {:reply, n, n + 1}
  def handle_cast(:crash, _), do: raise("boom")
end

{:ok, _} = Supervisor.start_link([{Counter, 10}], strategy: :one_for_one)
Oracle.show("next", GenServer.call(Counter, :next))
Oracle.show("next", GenServer.call(Counter, :next))
GenServer.cast(Counter, :crash)
Oracle.settle()
Oracle.show("next", GenServer.call(Counter, :next))
