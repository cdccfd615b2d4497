Code.require_file("support/oracle.ex", __DIR__)

defmodule Careful do
  use GenServer
  def start_link(main), do: GenServer.start_link(__MODULE__, main)

  def init(main) do
    Process.flag(:trap_exit, true)
    {:ok, main}
  end

  def terminate(reason, main) do
    Process.sleep(150)
    send(main, {:cleaned_up, reason})
  end
end

child = %{id: :a, start: {Careful, :start_link, [self()]}, shutdown: :infinity}
{:ok, sup} = Supervisor.start_link([child], strategy: :one_for_one)
Oracle.show_result("terminate_child", Supervisor.terminate_child(sup, :a))
Oracle.show_mailbox("message")
