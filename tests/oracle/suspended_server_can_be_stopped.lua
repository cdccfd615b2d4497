local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

oracle.trap_exit()

for _, stop in ipairs {
  function(pid) GenServer.stop(pid, "done") end,
  function(pid) sys.terminate(pid, "done") end,
  function(pid) Process.exit(pid, "signal") end,
  function(pid) Process.exit(pid, "kill") end,
} do
  local pid = GenServer.start(Worker, { id = "child", main = self(), trap = true })
  sys.suspend(pid)
  local ref = Process.monitor(pid)
  GenServer.cast(pid, { "stop", "cast" })
  stop(pid)
  oracle.settle()
  oracle.show("alive", Process.alive(pid))
  if Process.alive(pid) then sys.resume(pid) end
  oracle.show("down", oracle.down(ref))
  oracle.show_mailbox("message")
end
