Code.require_file("support/oracle.ex", __DIR__)

children = [
  Oracle.worker(:brutal, %{shutdown: :brutal_kill}, %{trap: true}),
  Oracle.worker(:gentle, %{shutdown: 1000}, %{trap: true}),
  Oracle.worker(:plain)
]

{:ok, sup} = Supervisor.start_link(children, strategy: :one_for_one)
Oracle.show_messages("start", 3)

for id <- [:brutal, :gentle, :plain] do
  ref = Process.monitor(id)
  Oracle.show_result("terminate_child", Supervisor.terminate_child(sup, id))
  Oracle.show_reason("ended", Oracle.down(ref))
  Oracle.show_mailbox("message")
end
