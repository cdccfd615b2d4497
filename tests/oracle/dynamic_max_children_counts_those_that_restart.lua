local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")
Restarts = GenServer.module "Restarts"
function Restarts.start_link(main)
  if Process.whereis("again") then return nil, "not_again" end
  Process.register(main, "again")
  return spawn_link(function() Process.sleep("infinity") end)
end

local task = { Task, function() end }
local none = DynamicSupervisor.start_link { strategy = "one_for_one", max_children = 0 }
oracle.show_result("none at all", DynamicSupervisor.start_child(none, task))
local sup = DynamicSupervisor.start_link { strategy = "one_for_one", max_children = 1, max_restarts = 100000000 }
local pid = DynamicSupervisor.start_child(sup, { id = 1, start = { Restarts, "start_link", { self() } } })
oracle.show_result("full", DynamicSupervisor.start_child(sup, task))
Process.exit(pid, "kill")
Process.sleep(10)
oracle.show("restarts", DynamicSupervisor.count_children(sup))
oracle.show("which", DynamicSupervisor.which_children(sup))
oracle.show_result("still full", DynamicSupervisor.start_child(sup, task))
oracle.show_result("not found", DynamicSupervisor.terminate_child(sup, pid))
Process.unregister("again")
oracle.settle()
oracle.show("started", DynamicSupervisor.count_children(sup))
