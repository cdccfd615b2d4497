Code.require_file("support/oracle.ex", __DIR__)

{:ok, sup} = Supervisor.start_link([Oracle.worker(:a, %{restart: :temporary})], strategy: :one_for_one)
Oracle.show_result("terminate_child", Supervisor.terminate_child(sup, :a))
Oracle.show_result("restart_child", Supervisor.restart_child(sup, :a))
Oracle.show("children", Supervisor.which_children(sup))
