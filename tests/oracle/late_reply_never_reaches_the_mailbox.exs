Code.require_file("support/oracle.ex", __DIR__)

defmodule Late do
  use GenServer
  def init(_), do: {:ok, nil}

  def handle_call({:after, ms}, from, _) do
    Process.sleep(ms)
    GenServer.reply(from, :late)
    {:noreply, nil}
  end

  def handle_call(:sync, _from, _), do: {:reply, :in_sync, nil}
end

{:ok, late} = GenServer.start_link(Late, nil)
Oracle.show_reason("call", Oracle.caught(fn -> GenServer.call(late, {:after, 60}, 20) end))
Oracle.show("call", GenServer.call(late, :sync))
Oracle.show_mailbox("mailbox")
