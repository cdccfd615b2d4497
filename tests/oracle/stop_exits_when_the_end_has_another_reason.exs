Code.require_file("support/oracle.ex", __DIR__)

defmodule Stubborn do
  use GenServer
  def init(how), do: {:ok, how}
  def terminate(_, :exit), do: exit(:other)
  def terminate(_, :raise), do: raise("boom")
end

for how <- [:exit, :raise] do
  {:ok, pid} = GenServer.start(Stubborn, how)
  Oracle.show_reason("caught", Oracle.caught(fn -> GenServer.stop(pid) end))
end
