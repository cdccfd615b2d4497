Code.require_file("support/oracle.ex", __DIR__)

defmodule Picky do
  use GenServer
  def init(answer), do: answer
end

Oracle.trap_exit()
for answer <- [{:stop, :no}, :ignore, :nonsense] do
  Oracle.show_result("start", GenServer.start(Picky, answer, name: :picky))
  Oracle.show("whereis", GenServer.whereis(:picky))
end
{:ok, pid} = GenServer.start(Picky, {:ok, 1}, name: :picky)
Oracle.show("found", GenServer.whereis(:picky) == pid)
