Code.require_file("support/oracle.ex", __DIR__)

defmodule Echo do
  use GenServer
  def init(log), do: {:ok, log}
  def handle_cast(n, log), do: {:noreply, log ++ [n]}
  def handle_call(:log, _from, log), do: {:reply, log, log}
end

{:ok, echo} = GenServer.start_link(Echo, [])
Oracle.show_result("suspend", :sys.suspend(echo))
GenServer.cast(echo, 1)
GenServer.cast(echo, 2)
Oracle.show_reason("call", Oracle.caught(fn -> GenServer.call(echo, :log, 30) end))
Oracle.show("state", :sys.get_state(echo))
Oracle.show_result("resume", :sys.resume(echo))
Oracle.show("log", GenServer.call(echo, :log))
Oracle.show_mailbox("mailbox")
