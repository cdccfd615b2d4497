local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local sup = Task.Supervisor.start_link { max_children = 1 }
local function sleep() Process.sleep("infinity") end
Task.Supervisor.start_child(sup, sleep)
oracle.show_result("child", Task.Supervisor.start_child(sup, sleep))
local function starts(fn)
  local caught = oracle.caught(fn)
  return caught[2]:find("reached the maximum number of tasks for this task supervisor.", 1, true) == 1
end
oracle.show("async", starts(function() Task.Supervisor.async(sup, sleep) end))
oracle.show("nolink", starts(function() Task.Supervisor.async_nolink(sup, sleep) end))
oracle.show("stream", starts(function()
  for _ in Task.Supervisor.async_stream(sup, { 1, 2 }, function() return "ok" end) do end
end))
oracle.show_mailbox("left")
