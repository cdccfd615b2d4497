Code.require_file("support/oracle.ex", __DIR__)

defmodule Forgetful do
  use GenServer
  def init(_), do: {:ok, 0, {:continue, :setup}}
end

{:ok, pid} = GenServer.start(Forgetful, nil)
ref = Process.monitor(pid)

Oracle.show("ended", Oracle.down(ref) != :normal)
