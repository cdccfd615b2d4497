local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Tree = Supervisor.module "Tree"
function Tree.init(arg)
  return Supervisor.init(arg[2], { strategy = arg[1], auto_shutdown = "any_significant" })
end

oracle.trap_exit()

for _, strategy in ipairs { "one_for_all", "rest_for_one" } do
  local first = oracle.worker("first", {}, { trap = true })
  local significant = oracle.worker("significant", { restart = "transient", significant = true }, { trap = true })
  local last = oracle.worker("last", {}, { trap = true })
  local sup = Supervisor.start_link(Tree, { strategy, { first, significant, last } })
  oracle.show_messages("start", 3)
  GenServer.cast("first", { "stop", "crash" })
  oracle.settle()
  oracle.show_mailbox("crash of the first")
  GenServer.cast("significant", { "stop", "crash" })
  oracle.settle()
  oracle.show_mailbox("crash of the significant")
  GenServer.cast("significant", { "stop", "normal" })
  oracle.settle()
  oracle.show_mailbox("end of the significant")
  oracle.show("alive", Process.alive(sup))
end
