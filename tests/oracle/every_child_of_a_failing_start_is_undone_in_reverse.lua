local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

No = GenServer.module "No"
function No.init() return "stop", "no" end

oracle.trap_exit()
local inner = { id = "inner", type = "supervisor", start = { Supervisor, "start_link",
  { { oracle.worker("b", {}, { trap = true }), oracle.worker("c", {}, { trap = true }) }, { strategy = "one_for_one" } } } }
local children = { oracle.worker("a", {}, { trap = true }), inner, No, oracle.worker("d") }
oracle.show_result("start_link", Supervisor.start_link(children, { strategy = "rest_for_one" }))
oracle.show_messages("message", 7)
oracle.show_mailbox("nothing more")
