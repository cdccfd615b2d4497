Code.require_file("support/oracle.ex", __DIR__)

defmodule Slow do
  use GenServer
  def init(n), do: {:ok, n}
  def terminate(_, _), do: Process.sleep(100)
end

{:ok, slow} = GenServer.start(Slow, 0)
ref = Process.monitor(slow)
Oracle.show_reason("caught", Oracle.caught(fn -> GenServer.stop(slow, :shutdown, 20) end))
Oracle.show("alive", Process.alive?(slow))
Oracle.show_reason("ended", Oracle.down(ref))
Oracle.show_mailbox("mailbox")
