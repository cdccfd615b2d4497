Code.require_file("support/oracle.ex", __DIR__)

{:ok, sup} = Supervisor.start_link([], strategy: :one_for_one)
Oracle.show_result("start_child", Supervisor.start_child(sup, Oracle.worker(:a)))
Oracle.show_result("again", Supervisor.start_child(sup, Oracle.worker(:a)))
Supervisor.terminate_child(sup, :a)
Oracle.show_result("when terminated", Supervisor.start_child(sup, Oracle.worker(:a)))
Oracle.show("counts", Supervisor.count_children(sup))
