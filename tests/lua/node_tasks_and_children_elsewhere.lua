-- args: --virtual
local b = Node.start("b")
local main = self()
Node.spawn(b, function()
  Task.Supervisor.start_link { name = "tasks" }
  DynamicSupervisor.start_link { strategy = "one_for_one", name = "dynamic" }
  send(main, "ready")
  Process.sleep("infinity")
end)
print(receive())
-- expect: ready

-- A task on another node, whose end and result come from there.
Logger.configure { level = "none" }
local task = Task.Supervisor.async({ "tasks", b }, function() return Node.self() end)
print(node(task.pid), Task.await(task))
task = Task.Supervisor.async_nolink({ "tasks", b }, function() exit("oops") end)
print(Task.yield(task, 1000))
-- expect: b@local	b@local
-- expect: exit	oops

-- Children of a supervisor that is elsewhere.
local pid = DynamicSupervisor.start_child({ "dynamic", b }, { Agent, function() return 5 end })
print(node(pid), Agent.get(pid, function(n) return n end), sys.get_state(pid))
print(DynamicSupervisor.count_children({ "dynamic", b }).active, GenServer.stop(pid))
-- expect: b@local	5	5
-- expect: 1	true

-- A task whose node is lost.
task = Task.Supervisor.async_nolink({ "tasks", b }, function() Process.sleep("infinity") end)
Node.stop(b)
print(Task.yield(task, 1000))
-- expect: exit	noconnection
