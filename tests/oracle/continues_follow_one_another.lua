local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Server = GenServer.module "Server"
function Server.init(main) return "ok", main, { "continue", 3 } end
function Server.handle_continue(n, main)
  send(main, { "continue", n })
  if n == 0 then return "noreply", main, 0 end
  return "noreply", main, { "continue", n - 1 }
end
function Server.handle_info.timeout(main) send(main, "timeout") return "noreply", main end
function Server.handle_info.more(main) send(main, "more") return "noreply", main, { "continue", 1 } end
function Server.handle_cast.last(main) send(main, "last") return "stop", "normal", main end

local pid = GenServer.start(Server, self())
oracle.settle()
local ref = Process.monitor(pid)
send(pid, "more")
GenServer.cast(pid, "last")
oracle.down(ref)
oracle.show_mailbox("event")
