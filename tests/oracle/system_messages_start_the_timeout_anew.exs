Code.require_file("support/oracle.ex", __DIR__)

defmodule Quiet do
  use GenServer
  def init(main), do: {:ok, main, 60}

  def handle_info(:timeout, main) do
    send(main, :timed_out)
    {:noreply, main}
  end
end

{:ok, pid} = GenServer.start_link(Quiet, self())
Process.sleep(40)
:sys.get_state(pid)
Process.sleep(40)
Oracle.show_mailbox("after 80 ms")
Process.sleep(60)
Oracle.show_mailbox("after 140 ms")
{:ok, pid} = GenServer.start_link(Quiet, self())
:sys.suspend(pid)
Process.sleep(100)
Oracle.show_mailbox("suspended")
:sys.resume(pid)
Oracle.show_mailbox("resumed")
Process.sleep(100)
Oracle.show_mailbox("later")
