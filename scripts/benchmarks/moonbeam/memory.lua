dofile((arg[0]:gsub("[^/]*$", "bench.lua")))

function idle() receive() end

local start = {
  process = function(n) for _ = 1, n do spawn(idle) end end,
  server = function(n) for _ = 1, n do GenServer.start(Counter, 0) end end,
}

local function settle()
  Process.sleep(100)
  collectgarbage()
end

local kind, n = ...
n = tonumber(n)
settle()
local before = resident()
local duration = time(start[kind], n)
settle()
report(kind .. "_" .. n .. "_bytes", (resident() - before) / n, "B")
report(kind .. "_" .. n .. "_start", duration / n, "ns")
