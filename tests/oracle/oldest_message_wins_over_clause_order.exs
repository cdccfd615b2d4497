Code.require_file("support/oracle.ex", __DIR__)

send(self(), :second_clause)
send(self(), :first_clause)

answer =
  receive do
    :first_clause -> "first clause"
    :second_clause -> "second clause"
  end

Oracle.show("answer", answer)
Oracle.show_mailbox("left")
