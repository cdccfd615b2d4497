local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

oracle.log_to_stderr()

for i, reason in ipairs { "normal", "shutdown", { "shutdown", "idle" } } do
  local pid = GenServer.start(Worker, { id = "a", main = self() })
  GenServer.stop(pid, reason)
end

local pid = GenServer.start(Worker, { id = "a", main = self() })
Process.exit(pid, "kill")
pid = GenServer.start(Worker, { id = "a", main = self() })
Process.exit(pid, "boom")
oracle.flush_log()
print("quiet")
