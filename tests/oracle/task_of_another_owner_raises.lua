local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local main = self()
spawn_link(function() send(main, { "task", Task.async(function() return "ok" end) }) Process.sleep("infinity") end)
local task = receive { { { "task", any }, function(task) return task end } }
local function message(fn)
  local caught = oracle.caught(fn)
  return caught[2]:find("must be queried from the owner but was queried from", 1, true) ~= nil
end
oracle.show("await", message(function() return Task.await(task) end))
oracle.show("yield", message(function() return Task.yield(task, 0) end))
oracle.show("shutdown", message(function() return Task.shutdown(task) end))
oracle.show("ignore", message(function() return Task.ignore(task) end))
oracle.show("many", message(function() return Task.await_many { task } end))
oracle.show("yield many", message(function() return Task.yield_many { task } end))
