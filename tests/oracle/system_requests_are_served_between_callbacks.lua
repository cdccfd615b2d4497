local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Busy = GenServer.module "Busy"
function Busy.init(n) return "ok", n end

function Busy.handle_cast.work(n, main)
  send(main, "working")
  Process.sleep(60)
  return "noreply", n + 1
end

local pid = GenServer.start_link(Busy, 0)
GenServer.cast(pid, { "work", self() })
GenServer.cast(pid, { "work", self() })
oracle.show_messages("message", 1)
oracle.show("too early", oracle.caught(function() return sys.get_state(pid, 20) end))
oracle.show("state", sys.get_state(pid))
oracle.show_mailbox("message")
oracle.show_result("suspend", sys.suspend(pid))
oracle.show("replaced", sys.replace_state(pid, function(n) return n * 10 end))
oracle.show_result("resume", sys.resume(pid))
oracle.show("state", sys.get_state(pid))
oracle.show_mailbox("message")
