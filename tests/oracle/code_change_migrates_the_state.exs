Code.require_file("support/oracle.ex", __DIR__)

defmodule Store do
  use GenServer
  def init(n), do: {:ok, n}
  def handle_call(:get, _from, n), do: {:reply, n, n}
  def code_change(old, n, :fail), do: {:error, {old, n}}
  def code_change(old, n, extra), do: {:ok, {old, n, extra}}
end

{:ok, pid} = GenServer.start_link(Store, 1)
Oracle.show_result("suspend", :sys.suspend(pid))
Oracle.show_result("change_code", :sys.change_code(pid, Store, "1.0", :new))
Oracle.show_result("failing", :sys.change_code(pid, Store, "2.0", :fail))
Oracle.show_result("resume", :sys.resume(pid))
Oracle.show("state", GenServer.call(pid, :get))
