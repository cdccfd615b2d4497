local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Zero = GenServer.module "Zero"
function Zero.init(main) return "ok", main end
function Zero.handle_cast.wait(main) return "noreply", main, 0 end
function Zero.handle_info(message, main)
  send(main, { "info", message })
  return "noreply", main
end

local pid = GenServer.start_link(Zero, self())
sys.suspend(pid)
GenServer.cast(pid, "wait")
send(pid, "first")
sys.resume(pid)
oracle.settle()
oracle.show_mailbox("message came first")
GenServer.cast(pid, "wait")
oracle.settle()
oracle.show_mailbox("nothing else there")
