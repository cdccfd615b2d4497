local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

oracle.trap_exit()

for _, strategy in ipairs { "one_for_all", "rest_for_one" } do
  local children = Enum.map({ "a", "b", "c" }, function(id) return oracle.worker(id, {}, { trap = true }) end)
  local sup = Supervisor.start_link(children, { strategy = strategy, max_restarts = 1 })
  oracle.show_messages("start", 3)
  Supervisor.terminate_child(sup, "b")
  oracle.show_mailbox("terminated")
  Supervisor.restart_child(sup, "b")
  oracle.show_mailbox("restarted")
  Supervisor.terminate_child(sup, "c")
  oracle.show_mailbox("terminated")
  GenServer.cast("a", { "stop", "crash" })
  oracle.settle()
  oracle.show_mailbox("after a crash")
  Supervisor.stop(sup)
  oracle.show_mailbox("stopped")
end
