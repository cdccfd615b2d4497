local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

oracle.trap_exit()
local function show(label, status, value) oracle.show(label, status and { status, value } or "none") end
show("waiting", Task.shutdown(Task.async(function() Process.sleep("infinity") end)))
show("brutal", Task.shutdown(Task.async(function() Process.sleep("infinity") end), "brutal_kill"))
local task = Task.async(function() return "done" end)
oracle.settle()
show("done", Task.shutdown(task))
task = Task.async(function() exit("oops") end)
oracle.settle()
show("failed", Task.shutdown(task))

local function stubborn()
  Process.flag("trap_exit", true)
  receive { { { "EXIT", any, "shutdown" }, function() Process.sleep("infinity") end } }
end

task = Task.async(stubborn)
oracle.settle()
show("stubborn", Task.shutdown(task, 50))

local function polite()
  Process.flag("trap_exit", true)
  receive { { { "EXIT", any, "shutdown" }, function() exit("bye") end } }
end

task = Task.async(polite)
oracle.settle()
show("polite", Task.shutdown(task))
task = Task.async(function()
  Process.flag("trap_exit", true)
  return receive { { { "EXIT", any, "shutdown" }, function() return "saved" end } }
end)
oracle.settle()
show("saved", Task.shutdown(task))
oracle.show("completed", oracle.raises(function() Task.shutdown(Task.completed(1)) end))
