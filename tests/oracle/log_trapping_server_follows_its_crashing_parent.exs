Code.require_file("support/oracle.ex", __DIR__)

defmodule Follower do
  use GenServer

  def init(n) do
    Process.flag(:trap_exit, true)
    {:ok, n}
  end
end

main = self()
Oracle.log_to_stderr()

parent =
  spawn(fn ->
    GenServer.start_link(Follower, 7)
    send(main, :ready)
    receive(do: (:end -> exit(:boom)))
  end)

receive(do: (:ready -> send(parent, :end)))
Oracle.flush_log()
