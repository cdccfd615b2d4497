Code.require_file("support/oracle.ex", __DIR__)

for message <- [:c, :a, :b, :d], do: send(self(), message)

inner = fn ->
  receive do
    :b -> [:b]
  end
end

Oracle.show("order", receive do
  :a ->
    found = inner.()

    receive do
      :d -> [:a | found] ++ [:d]
    end
end)

Oracle.show_mailbox("left")

Oracle.show("nested waits", receive do
  :never -> :no
after
  10 ->
    receive do
      :never -> :no
    after
      10 -> :both_late
    end
end)
