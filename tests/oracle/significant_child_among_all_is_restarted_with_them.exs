Code.require_file("support/oracle.ex", __DIR__)

defmodule Tree do
  use Supervisor
  def start_link(arg), do: Supervisor.start_link(__MODULE__, arg)
  def init({strategy, specs}), do: {:ok, {%{strategy: strategy, intensity: 3, auto_shutdown: :any_significant}, specs}}
end

Oracle.trap_exit()

for strategy <- [:one_for_all, :rest_for_one] do
  first = Oracle.worker(:first, %{}, %{trap: true})
  significant = Oracle.worker(:significant, %{restart: :transient, significant: true}, %{trap: true})
  last = Oracle.worker(:last, %{}, %{trap: true})
  {:ok, sup} = Tree.start_link({strategy, [first, significant, last]})
  Oracle.show_messages("start", 3)
  GenServer.cast(:first, {:stop, :crash})
  Oracle.settle()
  Oracle.show_mailbox("crash of the first")
  GenServer.cast(:significant, {:stop, :crash})
  Oracle.settle()
  Oracle.show_mailbox("crash of the significant")
  GenServer.cast(:significant, {:stop, :normal})
  Oracle.settle()
  Oracle.show_mailbox("end of the significant")
  Oracle.show("alive", Process.alive?(sup))
end
