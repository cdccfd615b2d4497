Code.require_file("support/oracle.ex", __DIR__)

defmodule Plain do
  use GenServer
  def init(state), do: {:ok, state}
  def handle_cast(reason, state), do: {:stop, reason, state}
end

Oracle.trap_exit()
{:ok, pid} = GenServer.start(Plain, 0)
ref = Process.monitor(pid)
GenServer.cast(pid, :boom)
Oracle.show_reason("start", Oracle.down(ref))
Oracle.settle()
Oracle.show_mailbox("message")
{:ok, pid} = GenServer.start_link(Plain, 0)
GenServer.cast(pid, :boom)
Oracle.show_messages("message", 1)
