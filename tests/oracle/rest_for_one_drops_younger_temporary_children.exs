Code.require_file("support/oracle.ex", __DIR__)

Oracle.trap_exit()
child = fn id, restart -> Oracle.worker(id, %{restart: restart}, %{trap: true}) end
children = [child.(:a, :temporary), child.(:b, :permanent), child.(:c, :temporary), child.(:d, :transient)]
{:ok, sup} = Supervisor.start_link(children, strategy: :rest_for_one)
Oracle.show_messages("start", 4)
GenServer.cast(:b, {:stop, :crash})
Oracle.settle()
Oracle.show_mailbox("after b")
ids = fn -> Enum.map(Supervisor.which_children(sup), &elem(&1, 0)) end
Oracle.show("children", ids.())
GenServer.cast(:a, {:stop, :crash})
Oracle.settle()
Oracle.show_mailbox("after a")
Oracle.show("children", ids.())
Oracle.show_result("start c again", Supervisor.start_child(sup, child.(:c, :temporary)) |> elem(0))
GenServer.cast(:d, {:stop, :crash})
Oracle.settle()
Oracle.show_mailbox("after d")
Oracle.show("children", ids.())
