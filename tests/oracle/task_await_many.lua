local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

oracle.trap_exit()
local tasks = {}
for n = 1, 3 do tasks[n] = Task.async(function() Process.sleep(100 - 20 * n) return n * n end) end
oracle.show("values", Task.await_many(tasks))
oracle.show("none", Task.await_many {})
tasks = { Task.async(function() Process.sleep("infinity") end), Task.async(function() return "fast" end) }
local caught = oracle.caught(function() return Task.await_many(tasks, 50) end)
local reason, call = table.unpack(caught[2])
oracle.show("timeout", { reason, call[1], call[2], call[3][2] })
tasks = { Task.async(function() Process.sleep("infinity") end), Task.async(function() exit("oops") end) }
caught = oracle.caught(function() return Task.await_many(tasks) end)
reason, call = table.unpack(caught[2])
oracle.show("failure", { reason, call[1], call[2], call[3][2] })
receive { { { "EXIT", any, "oops" }, function() oracle.show("link", "oops") end } }
