local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

oracle.trap_exit()
local fast = Task.async(function() return "fast" end)
local bad = Task.async(function() exit("oops") end)
local slow = Task.async(function() Process.sleep(200) return "slow" end)
local late = Task.async(function() return "late" end)
local results = Task.yield_many({ slow, bad, fast, late }, 50)
local tasks, values = {}, {}
for i, result in ipairs(results) do tasks[i], values[i] = result[1], result[2] or "none" end
oracle.show("tasks", equal(tasks, { slow, bad, fast, late }))
oracle.show("results", values)
oracle.show("slow", Task.yield_many({ slow })[1][2][2])
