Code.require_file("support/oracle.ex", __DIR__)

defmodule Bare do
  use GenServer
  def init(n), do: {:ok, n}
end

{:ok, pid} = GenServer.start_link(Bare, 5)
send(pid, :surprise)
send(pid, {:another, 1})
Oracle.show("state", :sys.get_state(pid))
