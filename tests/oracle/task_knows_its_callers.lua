local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local main = self()

local function show(label)
  send(main, { label, self(), Process.get("$callers") or "none", Process.get("$ancestors") or "none" })
  return true
end

Named = GenServer.module "Named"
function Named.show(fn, label) return fn(label) end

Server = GenServer.module "Server"
function Server.init(fn) return "ok", fn end
function Server.handle_call.task(fn)
  return "reply", Task.await(Task.async(function() return fn("task of a server") end)), fn
end
function Server.handle_call.show(fn) return "reply", fn("server"), fn end

local function nested() return show("nested") end

show("main")
oracle.show("self", self())
Task.await(Task.async(function()
  show("async")
  Task.await(Task.async(nested))
end))
Task.Supervisor.start_link { name = "tasks" }
Task.await(Task.Supervisor.async("tasks", function()
  show("supervised")
  Task.await(Task.async(nested))
end))
Task.await(Task.Supervisor.async_nolink("tasks", Named, "show", { show, "by name" }))
Task.Supervisor.start_child("tasks", function() show("child") end)
oracle.settle()
for _ in Task.Supervisor.async_stream("tasks", { "stream under a supervisor" }, show) do end
Task.start(function()
  show("start")
  Task.start(function() show("start of a start") end)
  Process.sleep(50)
end)
oracle.settle()
spawn(function()
  show("spawned")
  Task.await(Task.async(function() show("task of a spawned one") end))
end)
oracle.settle()
Process.register(self(), "main")
Task.start_link(function() show("start_link") end)
oracle.settle()
local server = GenServer.start_link(Server, show, { name = "server" })
GenServer.call(server, "show")
GenServer.call(server, "task")
Supervisor.start_link({ { Task, function() show("child of a supervisor") end } },
  { strategy = "one_for_one", name = "supervisor" })
oracle.settle()
oracle.show_mailbox("told")
