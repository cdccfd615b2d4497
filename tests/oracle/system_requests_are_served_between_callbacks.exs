Code.require_file("support/oracle.ex", __DIR__)

defmodule Busy do
  use GenServer
  def init(n), do: {:ok, n}

  def handle_cast({:work, main}, n) do
    send(main, :working)
    Process.sleep(60)
    {:noreply, n + 1}
  end
end

{:ok, pid} = GenServer.start_link(Busy, 0)
GenServer.cast(pid, {:work, self()})
GenServer.cast(pid, {:work, self()})
Oracle.show_messages("message", 1)
Oracle.show("too early", Oracle.caught(fn -> :sys.get_state(pid, 20) end))
Oracle.show("state", :sys.get_state(pid))
Oracle.show_mailbox("message")
Oracle.show_result("suspend", :sys.suspend(pid))
Oracle.show("replaced", :sys.replace_state(pid, &(&1 * 10)))
Oracle.show_result("resume", :sys.resume(pid))
Oracle.show("state", :sys.get_state(pid))
Oracle.show_mailbox("message")
