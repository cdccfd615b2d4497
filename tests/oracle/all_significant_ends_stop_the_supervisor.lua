local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Tree = Supervisor.module "Tree"
function Tree.init(arg) return Supervisor.init(arg[2], arg[1]) end

oracle.trap_exit()
local function child(id, significant)
  return oracle.worker(id, { restart = "transient", significant = significant }, { trap = true })
end
local flags = { strategy = "one_for_one", max_restarts = 1, auto_shutdown = "all_significant" }
Supervisor.start_link(Tree, { flags, { child("a", true), child("b", true), child("c", false) } })
oracle.show_messages("message", 3)
GenServer.cast("c", { "stop", "normal" })
oracle.settle()
oracle.show_mailbox("after c ended with normal")
GenServer.cast("b", { "stop", "normal" })
oracle.settle()
oracle.show_mailbox("after b ended with normal")
GenServer.cast("a", { "stop", "shutdown" })
oracle.settle()
oracle.show_mailbox("after a ended with shutdown")
