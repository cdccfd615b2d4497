local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local ref = Process.monitor(self())
oracle.show("monitors", Process.info(self(), "monitors"))
oracle.show("demonitor", Process.demonitor(ref))
oracle.show("link", Process.link(self()))
oracle.show("unlink", Process.unlink(self()))
oracle.show_mailbox("mailbox")

local pid
pid, ref = spawn_monitor(function()
  Process.monitor(self())
  Process.link(self())
  exit("done")
end)

oracle.show("down", oracle.down(ref))
