Code.require_file("support/oracle.ex", __DIR__)

defmodule Idle do
  use GenServer
  def init(main), do: {:ok, main, 80}
  def handle_call(:plain, _from, main), do: {:reply, :ok, main}
  def handle_call({:rearm, ms}, _from, main), do: {:reply, :ok, main, ms}
  def handle_cast({:rearm, ms}, main), do: {:noreply, main, ms}

  def handle_info(:timeout, main) do
    send(main, :timed_out)
    {:noreply, main}
  end
end

{:ok, idle} = GenServer.start_link(Idle, self())
GenServer.call(idle, :plain)
Oracle.settle()
Oracle.show_mailbox("after a plain reply")
GenServer.call(idle, {:rearm, 20})
Oracle.show_messages("after a reply with timeout", 1)
GenServer.cast(idle, {:rearm, 20})
Oracle.show_messages("after noreply with timeout", 1)
GenServer.cast(idle, {:rearm, :infinity})
Oracle.settle()
Oracle.show_mailbox("after infinity")
