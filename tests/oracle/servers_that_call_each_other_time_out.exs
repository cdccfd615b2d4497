Code.require_file("support/oracle.ex", __DIR__)

defmodule Mutual do
  use GenServer
  def init(main), do: {:ok, main}

  def handle_call({:ask, other}, _from, main) do
    try do
      {:reply, GenServer.call(other, {:ask, self()}, 50), main}
    catch
      :exit, {reason, {GenServer, :call, [^other, _, time]}} -> {:reply, {:failed, reason, time}, main}
    end
  end
end

{:ok, a} = GenServer.start_link(Mutual, self())
{:ok, b} = GenServer.start_link(Mutual, self())
Oracle.show("asked", GenServer.call(a, {:ask, b}, 1000))
Oracle.settle()
Oracle.show("asked itself", Oracle.caught(fn -> GenServer.call(a, {:ask, a}) end))
Oracle.show_mailbox("mailbox")
