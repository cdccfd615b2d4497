local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local main = self()

for count = 5, 1, -1 do
  local pid = spawn(function() receive { { "end", function() end } } end)
  Process.register(pid, "again")
  local ref = Process.monitor(pid)
  send("again", "end")
  local reason = oracle.down(ref)
  send(main, { count, reason, Process.whereis("again") == nil, Process.alive(pid) })
end

oracle.show_messages("message", 5)
GenServer.start(Worker, { id = "again", main = main }, { name = "again" })
oracle.show_messages("message", 1)
GenServer.stop("again", "normal")
oracle.show_result("start again at once", is_pid(GenServer.start(Worker, { id = "again", main = main }, { name = "again" })))
Process.exit(Process.whereis("again"), "kill")
oracle.settle()
oracle.show_mailbox("message")
