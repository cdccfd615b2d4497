Code.require_file("support/oracle.ex", __DIR__)

defmodule Slow do
  use GenServer

  def init(main) do
    send(main, {:starting, self()})
    Process.sleep(:infinity)
  end
end

Oracle.trap_exit()
Oracle.show_result("start_link", GenServer.start_link(Slow, self(), timeout: 50))
{:starting, pid} = receive(do: (message -> message))
Oracle.show("alive", Process.alive?(pid))
Oracle.show_mailbox("message")
