Code.require_file("support/oracle.ex", __DIR__)

defmodule Holder do
  use GenServer
  def init(state), do: {:ok, state}
end

{:ok, pid} = GenServer.start_link(Holder, 1)
Oracle.show("raises", match?({kind, _} when kind in [:exit, :error], Oracle.caught(fn -> :sys.replace_state(pid, fn _ -> raise "boom" end) end)))
Oracle.show("alive", Process.alive?(pid))
Oracle.show("state", :sys.get_state(pid))
