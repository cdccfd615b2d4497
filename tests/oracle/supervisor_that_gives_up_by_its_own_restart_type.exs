Code.require_file("support/oracle.ex", __DIR__)

Oracle.trap_exit()

defmodule Inner do
  def start_link(main) do
    children = [Oracle.worker(:leaf, %{}, %{main: main})]
    Supervisor.start_link(children, strategy: :one_for_one, max_restarts: 0, name: :inner)
  end
end

for restart <- [:permanent, :transient, :temporary] do
  inner = %{id: :inner, start: {Inner, :start_link, [self()]}, type: :supervisor, restart: restart}
  {:ok, sup} = Supervisor.start_link([inner], strategy: :one_for_one)
  Oracle.show_messages("start", 1)
  ref = Process.monitor(:inner)
  GenServer.cast(:leaf, {:stop, :crash})
  Oracle.show("inner", Oracle.down(ref))
  Oracle.settle()
  Oracle.show_mailbox("message")
  Oracle.show("children", Enum.map(Supervisor.which_children(sup), &[elem(&1, 0), is_pid(elem(&1, 1))]))
  Supervisor.stop(sup)
  Oracle.show_mailbox("end")
end
