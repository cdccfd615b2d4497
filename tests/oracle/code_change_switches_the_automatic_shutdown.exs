Code.require_file("support/oracle.ex", __DIR__)

defmodule App do
  use Supervisor
  def init(told), do: Agent.get(told, & &1)
end

Oracle.trap_exit()

for {from, to} <- [never: :any_significant, any_significant: :never, any_significant: :all_significant], significant <- [true, false] do
  child = fn id, significant -> Oracle.worker(id, %{restart: :transient, significant: significant}) end
  specs = fn auto, significant -> {:ok, {%{strategy: :one_for_one, intensity: 2, auto_shutdown: auto}, [child.(:a, significant), child.(:b, significant)]}} end
  before = specs.(from, from != :never)
  later = specs.(to, significant)
  {:ok, told} = Agent.start_link(fn -> before end)
  {:ok, sup} = Supervisor.start_link(App, told)
  Oracle.show_messages("start", 2)
  Agent.update(told, fn _ -> later end)
  :sys.suspend(sup)
  result = :sys.change_code(sup, App, nil, nil)
  :sys.resume(sup)
  Oracle.show("from #{from} to #{to}", [significant, result == :ok])
  if result != :ok, do: Oracle.show("refused", elem(result, 1) |> elem(0))
  GenServer.cast(:a, {:stop, :normal})
  Oracle.settle()
  Oracle.show("alive", Process.alive?(sup))
  if Process.alive?(sup), do: GenServer.cast(:b, {:stop, :normal})
  Oracle.settle()
  Oracle.show("alive", Process.alive?(sup))
  if Process.alive?(sup), do: Supervisor.stop(sup)
  Oracle.show_mailbox("message")
end
