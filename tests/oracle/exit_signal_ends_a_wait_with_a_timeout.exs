Code.require_file("support/oracle.ex", __DIR__)

main = self()

wait = fn trap ->
  spawn(fn ->
    Process.flag(:trap_exit, trap)
    started = System.monotonic_time(:millisecond)

    result =
      receive do
        :never -> :no
        {:EXIT, _, reason} -> {:trapped, reason}
      after
        200 -> :late
      end

    waited = System.monotonic_time(:millisecond) - started
    send(main, {result, waited < 150})
  end)
end

for trap <- [true, false], reason <- [:normal, :bang] do
  pid = wait.(trap)
  ref = Process.monitor(pid)
  Process.sleep(50)
  Process.exit(pid, reason)
  Oracle.show("down", Oracle.down(ref))
  Oracle.show_mailbox("message")
end
