local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

oracle.trap_exit()
local sup = Supervisor.start_link({ oracle.worker("a") }, { strategy = "one_for_one", max_restarts = 1 })

for i = 1, 4 do
  oracle.show_result("terminate_child", Supervisor.terminate_child(sup, "a"))
  Supervisor.restart_child(sup, "a")
end

GenServer.cast("a", { "stop", "boom" })
oracle.settle()
oracle.show("alive", Process.alive(sup))
