local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Idle = GenServer.module "Idle"
function Idle.init(arg) return "ok", arg[1], arg[2] end

function Idle.handle_info(message, main)
  send(main, { "info", message })
  return "noreply", main
end

GenServer.start_link(Idle, { self(), 30 })
oracle.show_messages("message", 1)
GenServer.start_link(Idle, { self(), 0 })
oracle.show_messages("message", 1)
oracle.settle()
oracle.show_mailbox("only once")
