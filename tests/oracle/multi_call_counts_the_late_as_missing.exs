Code.require_file("support/oracle.ex", __DIR__)

defmodule Slow do
  use GenServer
  def init(n), do: {:ok, n}

  def handle_call(:get, _from, n) do
    Process.sleep(100)
    {:reply, n, n}
  end
end

GenServer.start_link(Slow, 7, name: :slow)
{replies, bad} = GenServer.multi_call([node()], :slow, :get, 20)
Oracle.show("replies", replies)
Oracle.show("without an answer", bad)
Process.sleep(200)
Oracle.show_mailbox("the late answer")
