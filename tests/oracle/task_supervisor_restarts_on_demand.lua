local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")
local main = self()
local sup = Task.Supervisor.start_link { max_restarts = 5 }
local function work()
  send(main, { "began", self() })
  exit((receive()))
end
local function began()
  return receive { { { "began", _ }, function(pid) return pid end }, after = { 50, function() return "nobody" end } }
end
local function stop(pid, reason) send(pid, reason) return began() end

for _, restart in ipairs { "temporary", "transient", "permanent" } do
  for _, reason in ipairs { "normal", "shutdown", { "shutdown", 1 }, "crash" } do
    Task.Supervisor.start_child(sup, work, { restart = restart })
    local again = stop(began(), reason)
    oracle.show(restart .. " after", { reason, again ~= "nobody" })
    if again ~= "nobody" then Task.Supervisor.terminate_child(sup, again) end
  end
end

oracle.show("left", Task.Supervisor.children(sup))
