Code.require_file("support/oracle.ex", __DIR__)

defmodule Server do
  use GenServer
  def init(main), do: {:ok, main, 50}
  def handle_info(message, main), do: (send(main, {:info, message}); {:noreply, main})
  def handle_cast(message, main), do: (send(main, {:cast, message}); {:noreply, main})
end

{:ok, pid} = GenServer.start(Server, self())
:sys.suspend(pid)
send(pid, 1)
GenServer.cast(pid, 2)
send(pid, 3)
Oracle.settle()
Oracle.show_mailbox("suspended")
:sys.resume(pid)
Oracle.settle()
Oracle.show_mailbox("resumed")
