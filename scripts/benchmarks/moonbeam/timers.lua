dofile((arg[0]:gsub("[^/]*$", "bench.lua")))

local n = tonumber(...)
local me = self()

math.randomseed(1)
local delays, timers = {}, {}
for i = 1, n do
  delays[i] = 1000000 + math.random(1000)
  timers[i] = false
end

measure("timer_start", n, "ns", time, function()
  for i = 1, n do timers[i] = Process.send_after(me, "t", delays[i]) end
end)
measure("timer_cancel", n, "ns", time, function()
  for i = 1, n do Process.cancel_timer(timers[i]) end
end)
measure("timer_start_cancel", n, "ns", time, function()
  for _ = 1, n do Process.cancel_timer(Process.send_after(me, "t", 5000)) end
end)

local late = {}
for i = 1, 50 do
  local delay = 1 + i % 5
  local start = now()
  Process.send_after(me, "t", delay)
  receive()
  late[i] = now() - start - delay * 1000000
end
report("timer_late", middle(late) / 1000, "us")
