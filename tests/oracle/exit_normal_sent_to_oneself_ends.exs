Code.require_file("support/oracle.ex", __DIR__)

main = self()

{_, ref} =
  spawn_monitor(fn ->
    Process.exit(self(), :normal)
    Oracle.settle()
    send(main, :survived)
  end)

Oracle.show_reason("ended", Oracle.down(ref))
Oracle.show_mailbox("message")
