Code.require_file("support/oracle.ex", __DIR__)

defmodule Suicidal do
  use GenServer
  def init(_), do: {:ok, 0}
  def handle_call(:stop, _from, n), do: {:reply, Oracle.caught(fn -> GenServer.stop(self()) end), n}
end

{:ok, pid} = GenServer.start(Suicidal, nil)
Oracle.show_reason("caught", GenServer.call(pid, :stop))
Oracle.show("alive", Process.alive?(pid))
