Code.require_file("support/oracle.ex", __DIR__)

defmodule Store do
  use GenServer
  def init(n), do: {:ok, n}
  def handle_call(:get, _from, n), do: {:reply, n, n}
  def handle_cast({:put, value}, _), do: {:noreply, value}
end

GenServer.start_link(Store, 7, name: :store)
show = fn label, {replies, bad} ->
  Oracle.show(label, Enum.map(replies, &Tuple.to_list/1))
  Oracle.show(label <> " without an answer", bad)
end
show.("all", GenServer.multi_call(:store, :get))
show.("this node", GenServer.multi_call([node()], :store, :get))
show.("nobody", GenServer.multi_call(:nobody, :get))
show.("no node", GenServer.multi_call([], :store, :get))
