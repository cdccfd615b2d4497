local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Tree = Supervisor.module "Tree"
function Tree.init(arg)
  local flags = { strategy = "one_for_one" }
  for name, value in pairs(arg[1]) do flags[name] = value end
  return Supervisor.init(arg[2], flags)
end

local function leaf(id)
  return oracle.worker(id, { restart = "transient", significant = true }, { trap = true })
end

local function inner(id, significant)
  local children = { leaf(id), oracle.worker(id .. "_sibling", {}, { trap = true }) }
  return {
    id = { "inner", id },
    start = { Supervisor, "start_link", { Tree, { { auto_shutdown = "any_significant" }, children } } },
    type = "supervisor",
    restart = "transient",
    significant = significant,
  }
end

oracle.trap_exit()

for _, auto in ipairs { "never", "any_significant", "all_significant" } do
  local children = { inner("a", auto ~= "never"), inner("b", auto ~= "never") }
  local sup = Supervisor.start_link(Tree, { { auto_shutdown = auto }, children })
  oracle.show_messages("message", 4)
  GenServer.cast("a", { "stop", "normal" })
  oracle.settle()
  oracle.show_mailbox("after a")
  if Process.alive(sup) then GenServer.cast("b", { "stop", { "shutdown", 1 } }) end
  oracle.settle()
  oracle.show_mailbox("after b")
  oracle.show("alive", Process.alive(sup))
  if Process.alive(sup) then oracle.show("counts", Supervisor.count_children(sup)) end
  if Process.alive(sup) then Supervisor.stop(sup) end
  oracle.show_mailbox("end")
end
