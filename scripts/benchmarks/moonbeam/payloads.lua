dofile((arg[0]:gsub("[^/]*$", "bench.lua")))

function answer()
  while true do send(receive()[1], "ok") end
end

local function ask(pid, payload, n)
  local me = self()
  for _ = 1, n do
    send(pid, { me, payload })
    receive()
  end
end

local n = tonumber(...)
local list, map = {}, {}
for i = 1, 10000 do
  list[i] = i
  map["key" .. i] = i
end

measure("payload_list", n, "us", time, ask, spawn(answer), list, n)
measure("payload_map", n, "us", time, ask, spawn(answer), map, n)
measure("payload_string", n, "us", time, ask, spawn(answer), ("x"):rep(65536), n)
