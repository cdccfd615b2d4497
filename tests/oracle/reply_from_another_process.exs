Code.require_file("support/oracle.ex", __DIR__)

defmodule Delegating do
  use GenServer
  def init(_), do: {:ok, 0}

  def handle_call(:delegate, from, n) do
    spawn(fn -> GenServer.reply(from, :from_elsewhere) end)
    {:noreply, n + 1}
  end

  def handle_call(:count, _from, n), do: {:reply, n, n}
end

{:ok, pid} = GenServer.start_link(Delegating, nil)
Oracle.show("reply", GenServer.call(pid, :delegate))
Oracle.show("count", GenServer.call(pid, :count))
Oracle.show_mailbox("mailbox")
