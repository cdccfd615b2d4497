Code.require_file("support/oracle.ex", __DIR__)

for message <- [{:noise, 1}, {:wanted, 2}, {:noise, 3}, {:wanted, 4}], do: send(self(), message)

take = fn ->
  receive do
    {:wanted, n} -> n
  end
end

Oracle.show("first", take.())
Oracle.show("second", take.())
Oracle.show_mailbox("left")
