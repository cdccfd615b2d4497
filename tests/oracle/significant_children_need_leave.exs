Code.require_file("support/oracle.ex", __DIR__)

defmodule Tree do
  use Supervisor
  def start_link({flags, specs}), do: Supervisor.start_link(__MODULE__, {flags, specs})
  def init({flags, specs}), do: {:ok, {flags, specs}}
end

Oracle.trap_exit()
for {auto, restart} <- [{:never, :transient}, {:any_significant, :permanent}] do
  child = Oracle.worker(:a, %{restart: restart, significant: true})
  result = :supervisor.start_link(Tree, {%{auto_shutdown: auto}, [child]})
  Oracle.show_result("start_link", result)
end
