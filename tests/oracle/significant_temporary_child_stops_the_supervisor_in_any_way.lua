local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Tree = Supervisor.module "Tree"
function Tree.init(arg) return Supervisor.init(arg[2], arg[1]) end

oracle.trap_exit()
local function child(id, significant)
  return oracle.worker(id, { restart = "temporary", significant = significant }, { trap = true })
end
local flags = { strategy = "one_for_one", max_restarts = 1, auto_shutdown = "any_significant" }
Supervisor.start_link(Tree, { flags, { child("a", true), child("b", true), child("c", false) } })
oracle.show_messages("message", 3)
GenServer.cast("a", { "stop", "odd" })
oracle.settle()
oracle.show_mailbox("after a ended with odd")
