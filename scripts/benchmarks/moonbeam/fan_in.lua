dofile((arg[0]:gsub("[^/]*$", "bench.lua")))

local each = 1000

function send_many(pid, n)
  for i = 1, n do send(pid, { "m", i }) end
end

local function fan_in(senders)
  for _ = 1, senders do spawn(send_many, self(), each) end
  for _ = 1, senders * each do receive() end
end

local senders = tonumber(...)
measure("fan_in", senders * each, "ns", time, fan_in, senders)
