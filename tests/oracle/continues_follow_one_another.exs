Code.require_file("support/oracle.ex", __DIR__)

defmodule Server do
  use GenServer
  def init(main), do: {:ok, main, {:continue, 3}}
  def handle_continue(0, main), do: (send(main, {:continue, 0}); {:noreply, main, 0})
  def handle_continue(n, main), do: (send(main, {:continue, n}); {:noreply, main, {:continue, n - 1}})
  def handle_info(:timeout, main), do: (send(main, :timeout); {:noreply, main})
  def handle_info(:more, main), do: (send(main, :more); {:noreply, main, {:continue, 1}})
  def handle_cast(:last, main), do: (send(main, :last); {:stop, :normal, main})
end

{:ok, pid} = GenServer.start(Server, self())
Oracle.settle()
ref = Process.monitor(pid)
send(pid, :more)
GenServer.cast(pid, :last)
Oracle.down(ref)
Oracle.show_mailbox("event")
