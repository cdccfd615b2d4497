Code.require_file("support/oracle.ex", __DIR__)

{:ok, sup} = Supervisor.start_link([], strategy: :one_for_one)
Oracle.show_result("terminate_child", Supervisor.terminate_child(sup, :nobody))
Oracle.show_result("restart_child", Supervisor.restart_child(sup, :nobody))
Oracle.show_result("delete_child", Supervisor.delete_child(sup, :nobody))
