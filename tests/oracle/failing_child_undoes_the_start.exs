Code.require_file("support/oracle.ex", __DIR__)

defmodule Failing do
  use GenServer
  def start_link(_), do: GenServer.start_link(__MODULE__, nil)
  def init(_), do: {:stop, :no_disk}
end

Oracle.trap_exit()

children = [
  Oracle.worker(:a, %{}, %{trap: true}),
  Oracle.worker(:b, %{}, %{trap: true}),
  {Failing, nil},
  Oracle.worker(:d)
]

Oracle.show_result("start_link", Supervisor.start_link(children, strategy: :one_for_one))
Oracle.show_messages("message", 5)
