Code.require_file("support/oracle.ex", __DIR__)

defmodule Leaving do
  use GenServer
  def init(main), do: {:ok, main}
  def handle_cast(reason, _), do: exit(reason)
  def terminate(reason, main), do: send(main, {:terminate, reason})
end

for reason <- [:normal, :shutdown, {:left, 7}] do
  {:ok, pid} = GenServer.start(Leaving, self())
  ref = Process.monitor(pid)
  GenServer.cast(pid, reason)
  Oracle.show_messages("message", 1)
  Oracle.show_reason("ended", Oracle.down(ref))
end
