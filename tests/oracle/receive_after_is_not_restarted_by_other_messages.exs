Code.require_file("support/oracle.ex", __DIR__)

main = self()

spawn(fn ->
  for _ <- 1..10 do
    Process.sleep(50)
    send(main, :noise)
  end
end)

started = System.monotonic_time(:millisecond)

answer =
  receive do
    :signal -> "signal"
  after
    120 -> "late"
  end

waited = System.monotonic_time(:millisecond) - started
Oracle.show("answer", answer)
Oracle.show("waited long enough", waited >= 120)
Oracle.show("not for ever", waited < 450)
