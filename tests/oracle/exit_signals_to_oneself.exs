Code.require_file("support/oracle.ex", __DIR__)

main = self()

tell = fn label, fun ->
  ref = Process.monitor(spawn(fn ->
    fun.()
    send(main, {:went_on, label})
  end))
  Oracle.show(label, Oracle.down(ref))
end

tell.("boom", fn -> Process.exit(self(), :boom) end)
tell.("kill", fn -> Process.exit(self(), :kill) end)
tell.("normal", fn -> Process.exit(self(), :normal) end)

tell.("kill, trapping", fn ->
  Process.flag(:trap_exit, true)
  Process.exit(self(), :kill)
end)

tell.("normal, trapping", fn ->
  Process.flag(:trap_exit, true)
  Process.exit(self(), :normal)

  receive do
    {:EXIT, from, reason} -> send(main, {from == self(), reason})
  end
end)

Oracle.show_mailbox("message")
