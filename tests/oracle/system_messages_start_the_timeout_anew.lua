local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Quiet = GenServer.module "Quiet"
function Quiet.init(main) return "ok", main, 60 end

function Quiet.handle_info.timeout(main)
  send(main, "timed_out")
  return "noreply", main
end

local pid = GenServer.start_link(Quiet, self())
Process.sleep(40)
sys.get_state(pid)
Process.sleep(40)
oracle.show_mailbox("after 80 ms")
Process.sleep(60)
oracle.show_mailbox("after 140 ms")
pid = GenServer.start_link(Quiet, self())
sys.suspend(pid)
Process.sleep(100)
oracle.show_mailbox("suspended")
sys.resume(pid)
oracle.show_mailbox("resumed")
Process.sleep(100)
oracle.show_mailbox("later")
