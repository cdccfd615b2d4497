local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

oracle.trap_exit()
local options = { strategy = "one_for_one", max_restarts = 1, max_seconds = 1 }
local sup = Supervisor.start_link({ oracle.worker("a") }, options)
oracle.show_messages("start", 1)

for i = 1, 3 do
  GenServer.cast("a", { "stop", "boom" })
  oracle.show_messages("message", 2)
  Process.sleep(2200)
end

oracle.show("alive", Process.alive(sup))
