Code.require_file("support/oracle.ex", __DIR__)

defmodule Inner do
  use Supervisor
  def start_link(children), do: Supervisor.start_link(__MODULE__, children)
  def init(children), do: Supervisor.init(children, strategy: :one_for_one)
end

worker = &Oracle.worker(&1, %{}, %{trap: true})
{:ok, outer} = Supervisor.start_link([worker.(:a), {Inner, [worker.(:b), worker.(:c)]}, worker.(:d)], strategy: :one_for_one)
Oracle.show_messages("start", 4)
Oracle.show_result("stop", Supervisor.stop(outer))
Oracle.show_messages("message", 4)
