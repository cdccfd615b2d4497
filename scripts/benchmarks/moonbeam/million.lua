dofile((arg[0]:gsub("[^/]*$", "bench.lua")))

local n = tonumber(...)
local servers = {}
for i = 1, n do servers[i] = GenServer.start(Counter, 0) end
for i = 1, n do assert(GenServer.call(servers[i], "inc") == 1) end
report("million_resident", resident() / 1048576, "MiB")
report("million_peak", peak() / 1048576, "MiB")
report("million_collection", time(collectgarbage) / 1000000, "ms")
