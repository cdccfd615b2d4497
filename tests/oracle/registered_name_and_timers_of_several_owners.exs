Code.require_file("support/oracle.ex", __DIR__)

main = self()
holder = fn label -> spawn(fn ->
  Process.register(self(), :post)
  send(main, {:up, label})
  receive do
    :tick -> send(main, {:ticked, label})
  after
    200 -> send(main, {:silence, label})
  end
end) end

first = holder.(:first)
Oracle.show_messages("message", 1)
to_name = Process.send_after(:post, :tick, 60)
to_first = Process.send_after(first, :tick, 80)
Process.exit(first, :kill)
Process.sleep(20)
Oracle.show("timer to the dead", Process.read_timer(to_first))
Oracle.show("timer to the name", is_integer(Process.read_timer(to_name)))
holder.(:second)
Oracle.show_messages("message", 2)
Oracle.show("fired", Process.cancel_timer(to_name))
Oracle.show_result("to nobody", is_reference(Process.send_after(:post, :tick, 10)))
Process.sleep(50)
Oracle.show_mailbox("message")
