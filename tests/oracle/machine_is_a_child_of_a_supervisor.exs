Code.require_file("support/oracle.ex", __DIR__)
Code.require_file("support/machine.ex", __DIR__)

arg = %{first: :a, script: fn :cast, :boom, _, _ -> raise("boom"); _, _, _, _ -> :keep_state_and_data end, main: self()}
child = %{id: Machine, start: {:gen_statem, :start_link, [{:local, :child}, Machine, arg, []]}}
{:ok, sup} = Supervisor.start_link([child], strategy: :one_for_one)
first = Process.whereis(:child)
:gen_statem.cast(:child, :boom)
Machine.show(50)
Oracle.show("new", Process.whereis(:child) != first and is_pid(Process.whereis(:child)))
Oracle.show("count", Supervisor.count_children(sup))
Oracle.show_result("stop", Supervisor.stop(sup))
