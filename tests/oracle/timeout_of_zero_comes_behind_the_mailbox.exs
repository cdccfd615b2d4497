Code.require_file("support/oracle.ex", __DIR__)

defmodule Zero do
  use GenServer
  def init(main), do: {:ok, main}
  def handle_cast(:wait, main), do: {:noreply, main, 0}
  def handle_info(message, main) do
    send(main, {:info, message})
    {:noreply, main}
  end
end

{:ok, pid} = GenServer.start_link(Zero, self())
:sys.suspend(pid)
GenServer.cast(pid, :wait)
send(pid, :first)
:sys.resume(pid)
Oracle.settle()
Oracle.show_mailbox("message came first")
GenServer.cast(pid, :wait)
Oracle.settle()
Oracle.show_mailbox("nothing else there")
