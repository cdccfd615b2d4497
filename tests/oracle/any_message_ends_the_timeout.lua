local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Idle = GenServer.module "Idle"
function Idle.init(main) return "ok", main, 80 end
function Idle.handle_call.plain(main, from) return "reply", "ok", main end
function Idle.handle_call.rearm(main, from, ms) return "reply", "ok", main, ms end
function Idle.handle_cast.rearm(main, ms) return "noreply", main, ms end

function Idle.handle_info.timeout(main)
  send(main, "timed_out")
  return "noreply", main
end

local idle = GenServer.start_link(Idle, self())
GenServer.call(idle, "plain")
oracle.settle()
oracle.show_mailbox("after a plain reply")
GenServer.call(idle, { "rearm", 20 })
oracle.show_messages("after a reply with timeout", 1)
GenServer.cast(idle, { "rearm", 20 })
oracle.show_messages("after noreply with timeout", 1)
GenServer.cast(idle, { "rearm", "infinity" })
oracle.settle()
oracle.show_mailbox("after infinity")
