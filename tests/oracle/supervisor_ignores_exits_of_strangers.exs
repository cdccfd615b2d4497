Code.require_file("support/oracle.ex", __DIR__)

{:ok, sup} = Supervisor.start_link([Oracle.worker(:a)], strategy: :one_for_one)
Oracle.show_messages("start", 1)
{_, ref} = spawn_monitor(fn -> Process.exit(sup, :boom) end)
Oracle.down(ref)

{_, ref} =
  spawn_monitor(fn ->
    Process.link(sup)
    exit(:boom)
  end)

Oracle.down(ref)
Oracle.settle()
Oracle.show("alive", Process.alive?(sup))
Oracle.show_mailbox("message")
