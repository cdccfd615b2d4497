Code.require_file("support/oracle.ex", __DIR__)

look = fn ->
  receive do
    :here -> "found"
  after
    0 -> "nothing"
  end
end

Oracle.show("empty mailbox", look.())
send(self(), :other)
Oracle.show("no match", look.())
send(self(), :here)
Oracle.show("match", look.())
Oracle.show_mailbox("left")
