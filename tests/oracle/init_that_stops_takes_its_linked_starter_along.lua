local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Refuser = GenServer.module "Refuser"
function Refuser.init(reason) return "stop", reason end

local main = self()

local pid, ref = spawn_monitor(function()
  GenServer.start_link(Refuser, "no_disk")
  Process.sleep(100)
  send(main, "survived")
end)

oracle.show_reason("start_link", oracle.down(ref))

pid, ref = spawn_monitor(function()
  GenServer.start(Refuser, "no_disk")
  Process.sleep(100)
  send(main, "survived")
end)

oracle.show_reason("start", oracle.down(ref))
oracle.show_mailbox("message")
