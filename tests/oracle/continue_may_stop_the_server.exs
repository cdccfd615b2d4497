Code.require_file("support/oracle.ex", __DIR__)

defmodule Fragile do
  use GenServer
  def init(reason), do: {:ok, reason, {:continue, :connect}}
  def handle_continue(:connect, reason), do: {:stop, reason, reason}
end

Oracle.trap_exit()

for reason <- [:normal, :refused] do
  {:ok, pid} = GenServer.start_link(Fragile, reason)
  Oracle.show("started", is_pid(pid))
  Oracle.show_messages("message", 1)
end
