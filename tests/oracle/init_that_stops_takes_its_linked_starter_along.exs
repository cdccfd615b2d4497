Code.require_file("support/oracle.ex", __DIR__)

defmodule Refuser do
  use GenServer
  def init(reason), do: {:stop, reason}
end

main = self()

{_, ref} =
  spawn_monitor(fn ->
    GenServer.start_link(Refuser, :no_disk)
    Oracle.settle()
    send(main, :survived)
  end)

Oracle.show_reason("start_link", Oracle.down(ref))

{_, ref} =
  spawn_monitor(fn ->
    GenServer.start(Refuser, :no_disk)
    Oracle.settle()
    send(main, :survived)
  end)

Oracle.show_reason("start", Oracle.down(ref))
Oracle.show_mailbox("message")
