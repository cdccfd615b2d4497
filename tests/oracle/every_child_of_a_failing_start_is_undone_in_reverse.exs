Code.require_file("support/oracle.ex", __DIR__)

defmodule No do
  use GenServer
  def start_link(_), do: GenServer.start_link(__MODULE__, nil)
  def init(_), do: {:stop, :no}
end

Oracle.trap_exit()
inner = %{id: :inner, type: :supervisor,
  start: {Supervisor, :start_link, [[Oracle.worker(:b, %{}, %{trap: true}), Oracle.worker(:c, %{}, %{trap: true})], [strategy: :one_for_one]]}}
children = [Oracle.worker(:a, %{}, %{trap: true}), inner, No, Oracle.worker(:d)]
Oracle.show_result("start_link", Supervisor.start_link(children, strategy: :rest_for_one))
Oracle.show_messages("message", 7)
Oracle.show_mailbox("nothing more")
