dofile((arg[0]:gsub("[^/]*$", "bench.lua")))

local function call(server, request, n)
  for _ = 1, n do GenServer.call(server, request) end
end

local map = {}
for i = 1, 10 do map["k" .. i] = i end

local n = tonumber(...)
measure("call_inc", n, "ns", time, call, GenServer.start(Counter, 0), "inc", n)
measure("call_get", n, "ns", time, call, GenServer.start(Counter, map), { "get", "k7" }, n)
