local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

oracle.trap_exit()

for i, reason in ipairs { "normal", "shutdown", { "shutdown", "done" }, "boom" } do
  local pid = Worker.start_link { id = "server", main = self() }
  oracle.show_result("stop", GenServer.stop(pid, reason))
  oracle.settle()
  oracle.show_mailbox("message")
end
