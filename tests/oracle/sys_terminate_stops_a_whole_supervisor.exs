Code.require_file("support/oracle.ex", __DIR__)

Oracle.trap_exit()
children = [Oracle.worker(:a, %{}, %{trap: true}), Oracle.worker(:b, %{}, %{trap: true})]
{:ok, sup} = Supervisor.start_link(children, strategy: :one_for_one)
Oracle.show_result("terminate", :sys.terminate(sup, :enough))
Oracle.show_messages("message", 5)
