Code.require_file("support/oracle.ex", __DIR__)

defmodule Odd do
  use GenServer
  def init(_), do: {:ok, 0}
  def handle_call(_, _from, _), do: :odd
  def handle_cast(_, n), do: {:reply, :ok, n}
  def handle_info(_, _), do: 42
end

for {poke, label} <- [{&GenServer.cast(&1, :hello), "cast"}, {&send(&1, :hello), "info"}] do
  {:ok, pid} = GenServer.start(Odd, nil)
  ref = Process.monitor(pid)
  poke.(pid)
  Oracle.show_reason(label, Oracle.down(ref))
end

{:ok, pid} = GenServer.start(Odd, nil)
Oracle.show_reason("call", Oracle.caught(fn -> GenServer.call(pid, :hello) end))
