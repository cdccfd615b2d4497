Code.require_file("support/oracle.ex", __DIR__)

Oracle.trap_exit()
children = for id <- [:a, :b, :c], do: Oracle.worker(id, %{}, %{trap: true})
{:ok, sup} = Supervisor.start_link(children, strategy: :one_for_one)
Oracle.show("sup", sup)
Oracle.show_result("stop", Supervisor.stop(sup))
Oracle.show_messages("message", 7)
