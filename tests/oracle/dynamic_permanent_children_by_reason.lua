local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local sup = DynamicSupervisor.start_link { strategy = "one_for_one", max_restarts = 100 }

for _, reason in ipairs { "normal", "shutdown", { "shutdown", "done" }, "oops", "kill" } do
  local pid = DynamicSupervisor.start_child(sup, oracle.worker("a", { restart = "permanent", modules = { Worker } }))
  oracle.show_messages("message", 1)
  local ref = Process.monitor(pid)
  if reason == "kill" then Process.exit(pid, "kill") else GenServer.cast(pid, { "stop", reason }) end
  oracle.down(ref)
  oracle.settle()
  oracle.show("count", DynamicSupervisor.count_children(sup))
  oracle.show_mailbox("message")
  for _, child in ipairs(DynamicSupervisor.which_children(sup)) do DynamicSupervisor.terminate_child(sup, child[2]) end
  oracle.show_mailbox("stop")
end
