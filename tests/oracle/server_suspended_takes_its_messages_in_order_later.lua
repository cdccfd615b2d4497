local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Server = GenServer.module "Server"
function Server.init(main) return "ok", main, 50 end
function Server.handle_info(message, main) send(main, { "info", message }) return "noreply", main end
function Server.handle_cast(message, main) send(main, { "cast", message }) return "noreply", main end

local pid = GenServer.start(Server, self())
sys.suspend(pid)
send(pid, 1)
GenServer.cast(pid, 2)
send(pid, 3)
oracle.settle()
oracle.show_mailbox("suspended")
sys.resume(pid)
oracle.settle()
oracle.show_mailbox("resumed")
