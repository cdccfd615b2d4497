local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local main = self()

local owner = spawn(function()
  local task = Task.async(function() Process.sleep("infinity") end)
  send(main, { "task", task.pid })
  receive { { "go", function() exit("oops") end } }
end)

local pid = receive { { { "task", any }, function(pid) return pid end } }
local ref = Process.monitor(pid)
send(owner, "go")
oracle.show_reason("down", oracle.down(ref))
