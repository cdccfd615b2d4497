Code.require_file("support/oracle.ex", __DIR__)

defmodule Server do
  use GenServer
  def init(n), do: {:ok, n}
end

{:ok, pid} = GenServer.start(Server, 1)
:sys.suspend(pid)
Oracle.show("change", :sys.change_code(pid, Server, :old, :extra) == :ok)
:sys.resume(pid)
Oracle.show("state", :sys.get_state(pid))
