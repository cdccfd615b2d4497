Code.require_file("support/oracle.ex", __DIR__)

defmodule Holder do
  use GenServer
  def init(state), do: {:ok, state}
end

{:ok, pid} = GenServer.start_link(Holder, %{count: 1}, name: :holder)
Oracle.show("state", :sys.get_state(pid))
Oracle.show("by name", :sys.get_state(:holder))
Oracle.show("replaced", :sys.replace_state(pid, fn state -> %{count: state.count + 1} end))
Oracle.show("state", :sys.get_state(pid))
