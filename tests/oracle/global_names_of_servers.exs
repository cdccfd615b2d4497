Code.require_file("support/oracle.ex", __DIR__)
Code.require_file("support/cluster.ex", __DIR__)
Oracle.trap_exit()
b = Cluster.start(:b)
Node.connect(b)
:global.sync()

server =
  defmodule Server do
    use GenServer
    def init({main, n}), do: send(main, {:init, self()}) && {:ok, {main, n}}
    def handle_call(:get, _from, {_, n} = state), do: {:reply, n, state}
    def handle_cast({:put, n}, {main, _}), do: {:noreply, {main, n}}
    def handle_info(message, {main, _} = state), do: send(main, {:info, message}) && {:noreply, state}

    def use_it(main) do
      send(main, {:call, GenServer.call({:global, :server}, :get)})
      send(main, {:cast, GenServer.cast({:global, :server}, {:put, 2})})
      send(main, {:whereis, GenServer.whereis({:global, :server})})
      send(main, {:start, GenServer.start_link(Server, {main, 9}, name: {:global, :server}) |> Oracle_free.lua()})
    end

    def own(main) do
      {:ok, _} = GenServer.start_link(Server, {main, 5}, name: {:global, :of_b})
      Process.sleep(:infinity)
    end
  end

helper =
  defmodule Oracle_free do
    def lua({:ok, pid}), do: [pid]
    def lua({:error, reason}), do: [:error, reason]
  end

Cluster.load(b, server)
Cluster.load(b, helper)

Oracle.show("nobody", GenServer.whereis({:global, :server}))
Oracle.show_reason("call nobody", Oracle.caught(fn -> GenServer.call({:global, :server}, :get) end))
Oracle.show_result("cast to nobody", GenServer.cast({:global, :server}, :hello))
Oracle.show_reason("stop nobody", Oracle.caught(fn -> GenServer.stop({:global, :server}) end))

{:ok, pid} = GenServer.start_link(Server, {self(), 1}, name: {:global, :server})
Oracle.show("started", pid)
Oracle.show_messages("init", 1)
Oracle.show_result("twice", GenServer.start_link(Server, {self(), 2}, name: {:global, :server}))
Oracle.show_mailbox("init did not run")
Oracle.show("it has no other name", Process.info(pid, :registered_name) == {:registered_name, []})
Node.spawn(b, Server, :use_it, [self()])
Oracle.show_messages("there", 4)
Oracle.settle()
Oracle.show("call", GenServer.call({:global, :server}, :get))
Oracle.show_result("stop", GenServer.stop({:global, :server}))
Oracle.show_messages("stopped", 1)
Oracle.settle()
Oracle.show("free", GenServer.whereis({:global, :server}))

Node.spawn(b, Server, :own, [self()])
Oracle.show_messages("init on b", 1)
Oracle.settle()
Oracle.show("call b", GenServer.call({:global, :of_b}, :get))
Oracle.show_result("already there", GenServer.start(Server, {self(), 2}, name: {:global, :of_b}))
Cluster.stop(b)
Oracle.settle()
Oracle.show_reason("b is gone", Oracle.caught(fn -> GenServer.call({:global, :of_b}, :get) end))
{:ok, pid} = GenServer.start(Server, {self(), 6}, name: {:global, :of_b})
Oracle.show_messages("here now", 1)
Oracle.show("the same", GenServer.whereis({:global, :of_b}) == pid)
{:ok, agent} = Agent.start(fn -> 3 end, name: {:global, {:agent, 1}})
Oracle.show("agent", Agent.get({:global, {:agent, 1}}, & &1))
Oracle.show("its pid", :global.whereis_name({:agent, 1}) == agent)
{:ok, sup} = Supervisor.start_link([], strategy: :one_for_one, name: {:global, :sup})
Oracle.show("supervisor", Supervisor.which_children({:global, :sup}))
Oracle.show("its pid", :global.whereis_name(:sup) == sup)
