Code.require_file("support/oracle.ex", __DIR__)

defmodule Store do
  use GenServer
  def init(n), do: {:ok, n}
  def handle_call(:get, _from, n), do: {:reply, n, n}
  def handle_cast({:put, value}, _), do: {:noreply, value}
end

{:ok, pid} = GenServer.start_link(Store, 1)
Oracle.show_result("change_code", :sys.change_code(pid, Store, "1.0", :new))
Oracle.show("state", GenServer.call(pid, :get))
