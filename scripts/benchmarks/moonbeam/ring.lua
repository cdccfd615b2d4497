dofile((arg[0]:gsub("[^/]*$", "bench.lua")))

local size = 503

function pass_on(next_one, main)
  while true do
    local left = receive()
    if left == 0 then send(main, "done") else send(next_one, left - 1) end
  end
end

local function go_round(first, hops)
  send(first, hops)
  for left in receive do
    if left == "done" then return end
    send(first, left - 1)
  end
end

local hops = tonumber(...)
local first = self()
for _ = 2, size do first = spawn(pass_on, first, self()) end
measure("ring", hops, "ns", time, go_round, first, hops)
