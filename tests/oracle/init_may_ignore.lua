local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Shy = GenServer.module "Shy"
function Shy.init() return "ignore" end

oracle.trap_exit()
oracle.show_result("start", GenServer.start(Shy, nil))
oracle.settle()
oracle.show_mailbox("message")
oracle.show_result("start_link", GenServer.start_link(Shy, nil, { name = "shy" }))
oracle.show_messages("message", 1)
oracle.show("name", Process.whereis("shy"))
