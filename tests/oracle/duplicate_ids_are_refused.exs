Code.require_file("support/oracle.ex", __DIR__)

Oracle.trap_exit()
children = [Oracle.worker(:a), Oracle.worker(:b), Oracle.worker(:a)]
Oracle.show_result("start_link", Supervisor.start_link(children, strategy: :one_for_one))
Oracle.show_messages("message", 1)
Oracle.settle()
Oracle.show_mailbox("nobody was started")
