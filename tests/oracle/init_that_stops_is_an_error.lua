local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Refuser = GenServer.module "Refuser"
function Refuser.init(reason) return "stop", reason end

oracle.trap_exit()
oracle.show_result("start_link", GenServer.start_link(Refuser, "no_disk"))
oracle.show_messages("message", 1)
oracle.show_result("start", GenServer.start(Refuser, { "no", 7 }))
oracle.settle()
oracle.show_mailbox("message")
oracle.show_result("normal", GenServer.start_link(Refuser, "normal"))
oracle.show_messages("message", 1)
