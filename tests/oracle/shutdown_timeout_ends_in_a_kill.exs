Code.require_file("support/oracle.ex", __DIR__)

defmodule Clinging do
  use GenServer
  def start_link(id), do: GenServer.start_link(__MODULE__, nil, name: id)

  def init(_) do
    Process.flag(:trap_exit, true)
    {:ok, nil}
  end

  def terminate(_, _), do: Process.sleep(:infinity)
end

child = %{id: :a, start: {Clinging, :start_link, [:a]}, shutdown: 50}
{:ok, sup} = Supervisor.start_link([child], strategy: :one_for_one)
ref = Process.monitor(:a)
Oracle.show_result("terminate_child", Supervisor.terminate_child(sup, :a))
Oracle.show_reason("ended", Oracle.down(ref))
