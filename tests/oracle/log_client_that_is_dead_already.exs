Code.require_file("support/oracle.ex", __DIR__)

defmodule Fragile do
  use GenServer
  def init(main), do: {:ok, main}

  def handle_call(_, _, main) do
    send(main, :called)
    receive(do: (:go -> raise("boom")))
  end
end

Oracle.log_to_stderr()
{:ok, pid} = GenServer.start(Fragile, self())
client = spawn(fn -> GenServer.call(pid, 1) end)
receive(do: (:called -> Process.exit(client, :kill)))
Oracle.settle()
send(pid, :go)
Oracle.flush_log_of(pid)
