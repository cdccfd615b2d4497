Code.require_file("support/oracle.ex", __DIR__)

defmodule Odd do
  use GenServer
  def init({:init, time}), do: {:ok, nil, time}
  def init(_), do: {:ok, nil}
  def handle_call({:then, time}, _, state), do: {:reply, :done, state, time}
  def handle_cast({:then, time}, state), do: {:noreply, state, time}
end

Oracle.trap_exit()

for time <- [-1, :soon, {:later, 1}, {:continue, 1, 2}] do
  {:ok, pid} = GenServer.start(Odd, nil)
  ref = Process.monitor(pid)
  answer = Oracle.caught(fn -> GenServer.call(pid, {:then, time}) end)
  Oracle.show("answered", answer == :done)
  reason = Oracle.down(ref)
  Oracle.show("bad return", match?({:bad_return_value, _}, reason))
  Oracle.show("of init", match?({:error, {:bad_return_value, _}}, GenServer.start(Odd, {:init, time})))
end
