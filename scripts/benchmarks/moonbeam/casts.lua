dofile((arg[0]:gsub("[^/]*$", "bench.lua")))

local function cast(server, n)
  for _ = 1, n do GenServer.cast(server, "inc") end
  GenServer.call(server, "inc", "infinity")
end

local n = tonumber(...)
measure("cast", n, "ns", time, cast, GenServer.start(Counter, 0), n)
