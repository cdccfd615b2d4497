Code.require_file("support/oracle.ex", __DIR__)

defmodule Refuser do
  use GenServer
  def init(reason), do: {:stop, reason}
end

Oracle.trap_exit()
Oracle.show_result("start_link", GenServer.start_link(Refuser, :no_disk))
Oracle.show_messages("message", 1)
Oracle.show_result("start", GenServer.start(Refuser, {:no, 7}))
Oracle.settle()
Oracle.show_mailbox("message")
Oracle.show_result("normal", GenServer.start_link(Refuser, :normal))
Oracle.show_messages("message", 1)
