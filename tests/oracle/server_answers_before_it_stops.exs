Code.require_file("support/oracle.ex", __DIR__)

defmodule Server do
  use GenServer
  def init(main), do: {:ok, main}
  def handle_call(:bye, from, main), do: (GenServer.reply(from, :answered); {:stop, {:shutdown, :bye}, main})
  def handle_call(:silent, _, main), do: {:stop, {:shutdown, :silent}, main}
  def terminate(reason, main), do: send(main, {:terminate, reason})
end

for request <- [:bye, :silent] do
  {:ok, pid} = GenServer.start(Server, self())
  ref = Process.monitor(pid)
  answer = Oracle.caught(fn -> GenServer.call(pid, request) end)
  answer = with {:exit, {reason, _}} <- answer, do: {:exit, reason}
  Oracle.show("answer", answer)
  Oracle.show("down", Oracle.down(ref))
  Oracle.show_mailbox("event")
end
