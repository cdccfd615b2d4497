local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

for i, reason in ipairs { "boom", "shutdown", "kill" } do
  local pid = GenServer.start(Worker, { id = "server", main = self() })
  oracle.show_messages("message", 1)
  local ref = Process.monitor(pid)
  Process.exit(pid, reason)
  oracle.show_reason("ended", oracle.down(ref))
  oracle.show_mailbox("message")
end
