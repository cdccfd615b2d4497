Code.require_file("support/oracle.ex", __DIR__)

defmodule Store do
  use GenServer
  def init(n), do: {:ok, n}
  def handle_call(:get, _from, n), do: {:reply, n, n}
  def handle_cast({:put, value}, _), do: {:noreply, value}
end

{:ok, pid} = GenServer.start_link(Store, 1)
:sys.suspend(pid)
Oracle.show_result("suspend again", :sys.suspend(pid))
Oracle.show("state", :sys.get_state(pid))
Oracle.show("replaced", :sys.replace_state(pid, &(&1 + 1)))
Oracle.show("call", Oracle.caught(fn -> GenServer.call(pid, :get, 20) end) |> elem(0))
:sys.resume(pid)
Oracle.show_result("resume again", :sys.resume(pid))
Oracle.show("call", GenServer.call(pid, :get))
