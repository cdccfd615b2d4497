local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Slow = GenServer.module "Slow"

function Slow.init(main)
  send(main, { "starting", self() })
  Process.sleep("infinity")
end

oracle.trap_exit()
oracle.show_result("start_link", GenServer.start_link(Slow, self(), { timeout = 50 }))
local pid = receive { { { "starting", _ }, function(pid) return pid end } }
oracle.show("alive", Process.alive(pid))
oracle.show_mailbox("message")
