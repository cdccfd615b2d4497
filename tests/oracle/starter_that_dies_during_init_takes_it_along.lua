local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local main = self()
Slow = GenServer.module "Slow"

function Slow.init(arg)
  if arg[2] then Process.flag("trap_exit", true) end
  send(arg[1], { "init", self() })
  Process.sleep(50)
  send(arg[1], { "done", arg[2] })
  return "ok", arg[1]
end

function Slow.terminate(reason, to) send(to, { "terminate", reason }) end

for index, trap in ipairs { false, true } do
  local starter = spawn(function() GenServer.start_link(Slow, { main, trap }) end)
  local server = receive { { { "init", _ }, function(server) return server end } }
  local ref = Process.monitor(server)
  Process.exit(starter, "starter_gone")
  oracle.show("down", oracle.down(ref))
  oracle.settle()
  oracle.show_mailbox("message")
end
