Code.require_file("support/oracle.ex", __DIR__)

ref = Process.monitor(self())
Oracle.show("monitors", elem(Process.info(self(), :monitors), 1))
Oracle.show("demonitor", Process.demonitor(ref))
Oracle.show("link", Process.link(self()))
Oracle.show("unlink", Process.unlink(self()))
Oracle.show_mailbox("mailbox")

ref = Process.monitor(spawn(fn ->
  Process.monitor(self())
  Process.link(self())
  exit(:done)
end))

Oracle.show("down", Oracle.down(ref))
