Code.require_file("support/oracle.ex", __DIR__)

defmodule Tree do
  use Supervisor
  def start_link({flags, specs}), do: Supervisor.start_link(__MODULE__, {flags, specs})
  def init({flags, specs}), do: {:ok, {flags, specs}}
end

Oracle.trap_exit()
child = Oracle.worker(:a, %{restart: :transient, significant: true})
{:ok, sup} = Tree.start_link({%{auto_shutdown: :any_significant}, [child]})
Oracle.show_result("terminate_child", Supervisor.terminate_child(sup, :a))
Oracle.settle()
Oracle.show("children", Supervisor.which_children(sup))
