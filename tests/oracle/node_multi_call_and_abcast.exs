Code.require_file("support/oracle.ex", __DIR__)
Code.require_file("support/cluster.ex", __DIR__)
b = Cluster.start(:b)
c = Cluster.start(:c)

store =
  defmodule Store do
    use GenServer
    def init(n), do: {:ok, n}
    def handle_call(:get, _from, n), do: {:reply, n, n}
    def handle_call(:crash, _from, _), do: exit(:crashed)

    def handle_call(:sleep, _from, n) do
      if n == 2, do: Process.sleep(100)
      {:reply, n, n}
    end

    def handle_cast({:put, n}, _), do: {:noreply, n}

    def begin(main, n) do
      {:ok, _} = GenServer.start(Store, n, name: :store)
      send(main, :started)
    end
  end

show = fn label, {replies, bad} ->
  Oracle.show(label, replies |> Enum.sort() |> Enum.map(&Tuple.to_list/1))
  Oracle.show(label <> " without an answer", bad)
end

Store.begin(self(), 1)
for {node, n} <- [{b, 2}, {c, 3}] do
  Cluster.load(node, store)
  Node.spawn(node, Store, :begin, [self(), n])
end
Oracle.show_messages("start", 3)

all = [node(), b, c]
show.("all", GenServer.multi_call(all, :store, :get))
show.("connected", GenServer.multi_call(:store, :get))
show.("nobody", GenServer.multi_call(all, :nobody, :get, 100))
show.("nowhere", GenServer.multi_call([b, :nowhere@nohost, c], :store, :get, 1000))
show.("late", GenServer.multi_call(all, :store, :sleep, 30))
Process.sleep(200)
Oracle.show_mailbox("the late answer")
Oracle.show("abcast", GenServer.abcast([b, c, :nowhere@nohost], :store, {:put, 9}))
Oracle.settle()
show.("all", GenServer.multi_call(all, :store, :get))
Oracle.show("abcast to all", GenServer.abcast(:store, {:put, 10}))
Oracle.settle()
show.("all", GenServer.multi_call(all, :store, :get))
show.("crash", GenServer.multi_call([b, c], :store, :crash))
show.("the rest", GenServer.multi_call(all, :store, :get))
