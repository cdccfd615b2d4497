Code.require_file("support/oracle.ex", __DIR__)

main = self()

defmodule Keeper do
  use GenServer
  def init(state), do: {:ok, state}
  def handle_call(:get, _from, state), do: {:reply, state, state}
  def handle_call({:put, key, value}, _from, state), do: {:reply, :ok, Map.put(state, key, value)}
end

message = %{count: 1, list: [1, 2]}
send(main, message)
message = %{message | count: 2}
Oracle.show_messages("message", 1)
{:ok, keeper} = GenServer.start_link(Keeper, message)
seen = GenServer.call(keeper, :get)
seen = Map.put(seen, :count, 99)
Oracle.show("mine", seen.count)
Oracle.show("its own", GenServer.call(keeper, :get).count)
inner = %{deep: 1}
GenServer.call(keeper, {:put, :inner, inner})
_ = %{inner | deep: 2}
Oracle.show("inner", GenServer.call(keeper, :get).inner)
state = :sys.get_state(keeper)
_ = Map.put(state, :count, 5)
Oracle.show("count", GenServer.call(keeper, :get).count)
