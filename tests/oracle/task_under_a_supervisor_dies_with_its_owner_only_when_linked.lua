local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local sup = Task.Supervisor.start_link()
local main = self()

for _, name in ipairs { "link", "nolink" } do
  local owner = spawn(function()
    local start = name == "link" and Task.Supervisor.async or Task.Supervisor.async_nolink
    local task = start(sup, function() Process.sleep("infinity") end)
    send(main, { "task", task.pid })
    Process.sleep("infinity")
  end)

  local pid = receive { { { "task", any }, function(pid) return pid end } }
  Process.exit(owner, "oops")
  oracle.settle()
  oracle.show("alive", { name, Process.alive(pid) })
end
