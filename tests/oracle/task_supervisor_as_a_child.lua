local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local spec = Task.Supervisor.child_spec { name = "tasks" }
oracle.show("spec", spec)
oracle.show("id", Task.Supervisor.child_spec({}).id)
local sup = Supervisor.start_link({ { Task.Supervisor, { name = "tasks" } } }, { strategy = "one_for_one" })
local id, _, type, modules = table.unpack(Supervisor.which_children(sup)[1])
oracle.show("child", { id, type, modules })
oracle.show("await", Task.await(Task.Supervisor.async("tasks", function() return "here" end)))
