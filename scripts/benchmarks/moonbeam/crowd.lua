dofile((arg[0]:gsub("[^/]*$", "bench.lua")))

function answer()
  while true do send(receive(), "here") end
end

local n = tonumber(...)
local pids = {}
for i = 1, n do pids[i] = spawn(answer) end
shuffle(pids)
measure("crowd_echo_" .. n, n, "ns", time, function()
  for i = 1, n do send(pids[i], self()) end
  for _ = 1, n do receive() end
end)

for i = 1, n do
  Process.exit(pids[i], "kill")
  pids[i] = GenServer.start(Counter, 0)
end
shuffle(pids)
measure("crowd_call_" .. n, n, "ns", time, function()
  for i = 1, n do GenServer.call(pids[i], "inc") end
end)
