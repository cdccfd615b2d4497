Code.require_file("support/oracle.ex", __DIR__)

defmodule Eager do
  use GenServer
  def init(_), do: {:ok, nil}

  def handle_call(:ask, from, _) do
    GenServer.reply(from, :first)
    {:noreply, from}
  end

  def handle_call(:sync, _from, from), do: {:reply, :in_sync, from}

  def handle_cast(:again, from) do
    GenServer.reply(from, :second)
    {:noreply, from}
  end
end

{:ok, eager} = GenServer.start_link(Eager, nil)
Oracle.show("reply", GenServer.call(eager, :ask))
GenServer.cast(eager, :again)
Oracle.show("reply", GenServer.call(eager, :sync))
Oracle.show_mailbox("mailbox")
