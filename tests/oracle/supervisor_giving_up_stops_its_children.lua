local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

oracle.trap_exit()
local children = {
  oracle.worker("a", {}, { trap = true }), oracle.worker("b"), oracle.worker("c", {}, { trap = true }),
}
local sup = Supervisor.start_link(children, { strategy = "one_for_one", max_restarts = 0 })
oracle.show("sup", sup)
oracle.show_messages("start", 3)
Process.exit(Process.whereis("b"), "kill")
oracle.show_messages("message", 3)
