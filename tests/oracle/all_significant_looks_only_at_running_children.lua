local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Tree = Supervisor.module "Tree"
function Tree.init(specs)
  return Supervisor.init(specs, { strategy = "one_for_one", auto_shutdown = "all_significant" })
end

oracle.trap_exit()
local function leaf(id, restart)
  return oracle.worker(id, { restart = restart, significant = true }, { trap = true })
end
local plain = oracle.worker("plain", {}, { trap = true })
local children = { leaf("a", "transient"), leaf("b", "temporary"), leaf("c", "transient"), plain }
local sup = Supervisor.start_link(Tree, children)
oracle.show_messages("message", 4)
oracle.show_result("terminate a", Supervisor.terminate_child(sup, "a"))
GenServer.cast("b", { "stop", "bad" })
oracle.settle()
oracle.show("alive", Process.alive(sup))
oracle.show_result("restart a", is_pid(Supervisor.restart_child(sup, "a")))
GenServer.cast("c", { "stop", "shutdown" })
oracle.settle()
oracle.show("alive", Process.alive(sup))
oracle.show("children", Enum.map(Supervisor.which_children(sup), function(child)
  return { child[1], is_pid(child[2]) }
end))
oracle.show_mailbox("message")
GenServer.cast("a", { "stop", "normal" })
oracle.settle()
oracle.show("alive", Process.alive(sup))
oracle.show_mailbox("message")
