Code.require_file("support/oracle.ex", __DIR__)

defmodule Queue do
  use GenServer
  def init(_), do: {:ok, nil}

  def handle_cast({:put, item}, from) do
    {:noreply, GenServer.reply(from, item)}
  end

  def handle_call(:take, from, _), do: {:noreply, from}
  def handle_call(:reply_gave, _from, state), do: {:reply, state == :ok, state}
end

{:ok, queue} = GenServer.start_link(Queue, nil)
main = self()
spawn(fn -> send(main, {:taken, GenServer.call(queue, :take)}) end)
Oracle.settle()
GenServer.cast(queue, {:put, :apple})
Oracle.show_messages("message", 1)
Oracle.show("reply gave", GenServer.call(queue, :reply_gave))
