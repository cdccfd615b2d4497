Code.require_file("support/oracle.ex", __DIR__)

defmodule Blocking do
  use GenServer
  def init(log), do: {:ok, log}

  def handle_cast({:wait_for, tag}, log) do
    receive do
      ^tag -> {:noreply, log ++ [tag]}
    end
  end

  def handle_info(message, log), do: {:noreply, log ++ [message]}
  def handle_call(:log, _from, log), do: {:reply, log, log}
end

{:ok, pid} = GenServer.start_link(Blocking, [])
GenServer.cast(pid, {:wait_for, :key})
send(pid, :early)
send(pid, :key)
Oracle.show("log", GenServer.call(pid, :log))
