Code.require_file("support/oracle.ex", __DIR__)

main = self()
target = spawn(fn -> Process.sleep(:infinity) end)

spawn(fn ->
  send(main, {:ref, Process.monitor(target)})
  Process.sleep(:infinity)
end)

theirs = receive do {:ref, ref} -> ref end
Oracle.show("refused", Oracle.raises(fn -> Process.demonitor(theirs) end))
Oracle.show("unknown", Process.demonitor(make_ref()))
Oracle.show("not a reference", Oracle.raises(fn -> Process.demonitor(:ref) end))
mine = Process.monitor(target)
Oracle.show("unknown option", Oracle.raises(fn -> Process.demonitor(mine, [:gently]) end))
Oracle.show("info", Process.demonitor(mine, [:info]))
Oracle.show("info again", Process.demonitor(mine, [:info]))
mine = Process.monitor(target)
late = Process.monitor(target)
Process.exit(target, :kill)
Oracle.settle()
Oracle.show("info after the end", Process.demonitor(mine, [:info]))
Oracle.show_messages("message", 1)
Oracle.show("flush and info", Process.demonitor(late, [:flush, :info]))
Oracle.show_mailbox("message")
