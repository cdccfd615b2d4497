Code.require_file("support/oracle.ex", __DIR__)

{:ok, sup} = Supervisor.start_link([Oracle.worker(:a, %{restart: :transient})], strategy: :one_for_one)
Oracle.show_messages("start", 1)
GenServer.cast(:a, :crash)
Oracle.settle()
Oracle.show_mailbox("message")
Oracle.show("children", Supervisor.count_children(sup))
