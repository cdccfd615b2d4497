Code.require_file("support/oracle.ex", __DIR__)

defmodule Idle do
  use GenServer
  def init({main, ms}), do: {:ok, main, ms}

  def handle_info(message, main) do
    send(main, {:info, message})
    {:noreply, main}
  end
end

GenServer.start_link(Idle, {self(), 30})
Oracle.show_messages("message", 1)
GenServer.start_link(Idle, {self(), 0})
Oracle.show_messages("message", 1)
Oracle.settle()
Oracle.show_mailbox("only once")
