Code.require_file("support/oracle.ex", __DIR__)

main = self()

spawn_monitor(fn ->
  send(main, :one)
  send(main, :two)
  exit(:done)
end)

Oracle.show_messages("message", 3)
