Code.require_file("support/oracle.ex", __DIR__)

defmodule Last do
  use GenServer

  def init({how, main}) do
    Process.flag(:trap_exit, true)
    {:ok, {how, main}}
  end

  def handle_call({:stop, reason}, _from, state), do: {:stop, reason, :bye, state}
  def handle_cast({:stop, reason}, state), do: {:stop, reason, state}

  def terminate(reason, {how, main}) do
    send(main, {:terminate, reason})

    case how do
      :raise -> raise "boom"
      :exit -> exit(:other)
      :normal -> exit(:normal)
      :kill -> Process.exit(self(), :kill)
      :signal -> Process.exit(self(), :signal)
      :fine -> :anything
    end
  end
end

for how <- [:fine, :raise, :exit, :normal, :kill, :signal] do
  start = fn ->
    {:ok, pid} = GenServer.start(Last, {how, self()})
    {pid, Process.monitor(pid)}
  end

  {pid, ref} = start.()
  GenServer.cast(pid, {:stop, :first})
  Oracle.show_reason("#{how} after a cast", Oracle.down(ref))
  {pid, ref} = start.()
  reply = Oracle.caught(fn -> GenServer.call(pid, {:stop, :first}) end)
  Oracle.show("reply", (if reply == :bye, do: :bye, else: elem(reply, 0)))
  Oracle.show_reason("#{how} after a call", Oracle.down(ref))
  {pid, ref} = start.()
  stopped = Oracle.caught(fn -> GenServer.stop(pid, :first) end)
  Oracle.show("stopped", stopped == :ok)
  Oracle.show_reason("#{how} after a stop", Oracle.down(ref))
  Oracle.show_mailbox("message")
end
