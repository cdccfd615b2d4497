Code.require_file("support/oracle.ex", __DIR__)

main = self()

owner =
  spawn(fn ->
    Task.async(fn -> raise "boom" end)
    send(main, :started)
    Process.sleep(:infinity)
  end)

ref = Process.monitor(owner)
Oracle.show_messages("message", 1)
Oracle.show_reason("down", Oracle.down(ref))
