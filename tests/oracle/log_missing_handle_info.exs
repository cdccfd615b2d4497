Code.require_file("support/oracle.ex", __DIR__)

defmodule Bare do
  use GenServer
  def init(n), do: {:ok, n}
end

Oracle.log_to_stderr()
{:ok, pid} = GenServer.start(Bare, 7)
send(pid, {:surprise, 1})
:sys.get_state(pid)
GenServer.start(Bare, 7, name: :bare)
send(:bare, 42)
:sys.get_state(:bare)
Oracle.flush_log()
