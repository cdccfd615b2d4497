Code.require_file("support/oracle.ex", __DIR__)
Code.require_file("support/cluster.ex", __DIR__)
Oracle.trap_exit()
b = Cluster.start(:b)

store =
  defmodule Store do
    use GenServer
    def init(n), do: {:ok, n}
    def handle_call(:get, _from, n), do: {:reply, n, n}
    def handle_call(:where, _from, n), do: {:reply, node(), n}
    def handle_call(:sleep, _from, n), do: Process.sleep(100) && {:reply, :late, n}
    def handle_call(:crash, _from, _), do: exit(:crashed)
    def handle_call(:stop, _from, n), do: {:stop, :stopped, :bye, n}
    def handle_cast({:put, n}, _), do: {:noreply, n}

    def begin(main) do
      {:ok, _} = GenServer.start(Store, 7, name: :store)
      send(main, :started)
    end
  end

Cluster.load(b, store)
start = fn ->
  Node.spawn(b, Store, :begin, [self()])
  Oracle.show_messages("start", 1)
end

call = fn label, server, request, timeout ->
  Oracle.show(label, Oracle.caught(fn -> GenServer.call(server, request, timeout) end))
end

start.()
name = {:store, b}
call.("get", name, :get, 5000)
call.("where", name, :where, 5000)
Oracle.show_result("cast", GenServer.cast(name, {:put, 8}))
call.("get", name, :get, 5000)
Oracle.show("whereis", GenServer.whereis(name))
call.("timeout", name, :sleep, 20)
Process.sleep(200)
Oracle.show_mailbox("the late answer")
call.("stop", name, :stop, 5000)
call.("nobody", name, :get, 5000)
Oracle.show_result("cast to nobody", GenServer.cast(name, {:put, 8}))
Oracle.show("send to nobody", send(name, :hello))
start.()
call.("crash", name, :crash, 5000)
start.()
ref = Process.monitor(name)
Oracle.show_result("stopped", GenServer.stop(name, :shutdown))
Oracle.show("down", Oracle.down(ref))
nowhere = {:store, :nowhere@nohost}
call.("nowhere", nowhere, :get, 5000)
Oracle.show_result("cast nowhere", GenServer.cast(nowhere, {:put, 8}))
Oracle.show("send nowhere", send(nowhere, :hello))
Process.monitor(nowhere)
Oracle.show_messages("monitor nowhere", 1)
Process.monitor(name)
Oracle.show_messages("monitor nobody", 1)
