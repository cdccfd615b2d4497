Code.require_file("support/oracle.ex", __DIR__)

send(self(), :bad)
send(self(), :good)

Oracle.show("raised", Oracle.caught(fn ->
  receive do
    :bad -> raise "boom"
  end
end))

Oracle.show("exited", Oracle.caught(fn ->
  receive do
    :good -> exit(:out)
  end
end))

Oracle.show_mailbox("mailbox")
Oracle.show("after", Oracle.caught(fn ->
  receive do
    :never -> :no
  after
    0 -> raise "late"
  end
end))
