Code.require_file("support/oracle.ex", __DIR__)

defmodule Shy do
  use GenServer
  def init(_), do: :ignore
end

Oracle.trap_exit()
Oracle.show_result("start", GenServer.start(Shy, nil))
Oracle.settle()
Oracle.show_mailbox("message")
Oracle.show_result("start_link", GenServer.start_link(Shy, nil, name: :shy))
Oracle.show_messages("message", 1)
Oracle.show("name", Process.whereis(:shy))
