local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local sup = Task.Supervisor.start_link { name = "tasks" }
oracle.show("await", Task.await(Task.Supervisor.async("tasks", function() return 42 end)))
List = GenServer.module "List"
function List.count(list) return #list end
oracle.show("mfa", Task.await(Task.Supervisor.async(sup, List, "count", { { 1, 2 } })))
local task = Task.Supervisor.async(sup, function() Process.sleep("infinity") end)
oracle.show("children", equal(Task.Supervisor.children(sup), { task.pid }))
oracle.show("shutdown", (Task.shutdown(task)))
oracle.show("children", Task.Supervisor.children(sup))
local linked = false
for _, pid in ipairs(Process.info(self(), "links")) do linked = linked or pid == task.pid end
oracle.show("linked", linked)
