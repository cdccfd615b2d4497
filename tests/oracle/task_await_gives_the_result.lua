local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

oracle.show("sum", Task.await(Task.async(function() return 1 + 1 end)))
oracle.show("nil", Task.await(Task.async(function() return nil end)))
List = GenServer.module "List"
function List.count(list) return #list end
oracle.show("mfa", Task.await(Task.async(List, "count", { { 1, 2, 3 } })))
local task = Task.async(function() return "done" end)
oracle.show("owner", task.owner == self())
oracle.show("mine", Task.await(task, "infinity"))
oracle.show_mailbox("left")
