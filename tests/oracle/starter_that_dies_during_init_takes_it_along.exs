Code.require_file("support/oracle.ex", __DIR__)

main = self()

defmodule Slow do
  use GenServer

  def init({main, trap}) do
    if trap, do: Process.flag(:trap_exit, true)
    send(main, {:init, self()})
    Process.sleep(50)
    send(main, {:done, trap})
    {:ok, main}
  end

  def terminate(reason, main), do: send(main, {:terminate, reason})
end

for trap <- [false, true] do
  starter = spawn(fn -> GenServer.start_link(Slow, {main, trap}) end)
  server = receive do {:init, server} -> server end
  ref = Process.monitor(server)
  Process.exit(starter, :starter_gone)
  Oracle.show("down", Oracle.down(ref))
  Oracle.settle()
  Oracle.show_mailbox("message")
end
