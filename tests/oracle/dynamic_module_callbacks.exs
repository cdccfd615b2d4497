Code.require_file("support/oracle.ex", __DIR__)

defmodule Pool do
  use DynamicSupervisor
  def start_link(arg), do: DynamicSupervisor.start_link(__MODULE__, arg, name: __MODULE__)
  def init(:ignore), do: :ignore
  def init(:garbage), do: :garbage
  def init({:max, max}), do: DynamicSupervisor.init(strategy: :one_for_one, max_children: max)
end

Oracle.trap_exit()
Oracle.show_result("ignore", Pool.start_link(:ignore))
Oracle.show_messages("message", 1)
Oracle.show_result("garbage", Pool.start_link(:garbage))
Oracle.show_messages("message", 1)
{:ok, pid} = Pool.start_link({:max, 0})
Oracle.show_result("again", Pool.start_link({:max, 0}))
Oracle.show("pid", pid)
Oracle.show_result("child", DynamicSupervisor.start_child(Pool, Oracle.worker(:a)))
spec = Supervisor.child_spec({Pool, 1}, [])
Oracle.show("spec", spec)
