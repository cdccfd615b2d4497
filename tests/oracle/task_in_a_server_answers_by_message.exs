Code.require_file("support/oracle.ex", __DIR__)

defmodule Asking do
  use GenServer
  def init(main), do: {:ok, %{main: main, task: nil}}

  def handle_cast({:run, fun}, state) do
    sup = Process.whereis(:tasks)
    {:noreply, %{state | task: Task.Supervisor.async_nolink(sup, fun)}}
  end

  def handle_call(:ping, _from, state), do: {:reply, :pong, state}

  def handle_info({ref, result}, %{task: %{ref: ref}} = state) do
    Process.demonitor(ref, [:flush])
    send(state.main, {:result, result})
    {:noreply, %{state | task: nil}}
  end

  def handle_info({:DOWN, ref, :process, _pid, reason}, %{task: %{ref: ref}} = state) do
    send(state.main, {:failed, reason})
    {:noreply, %{state | task: nil}}
  end
end

{:ok, _} = Task.Supervisor.start_link(name: :tasks)
{:ok, server} = GenServer.start_link(Asking, self())
GenServer.cast(server, {:run, fn -> Process.sleep(30); 42 end})
Oracle.show("ping", GenServer.call(server, :ping))
Oracle.show_messages("message", 1)
GenServer.cast(server, {:run, fn -> exit(:bad) end})
Oracle.show_messages("message", 1)
GenServer.cast(server, {:run, fn -> Process.sleep(:infinity) end})
Oracle.show("ping", GenServer.call(server, :ping))
[task] = Task.Supervisor.children(:tasks)
Process.exit(task, :kill)
Oracle.show_messages("message", 1)
Oracle.show("ping", GenServer.call(server, :ping))
Oracle.show_mailbox("mailbox")
