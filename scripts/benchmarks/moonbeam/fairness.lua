dofile((arg[0]:gsub("[^/]*$", "bench.lua")))

function answer()
  while true do send(receive(), "pong") end
end

function fib(n) return n < 2 and n or fib(n - 1) + fib(n - 2) end
function loop()
  while true do fib(20) end
end

local n = tonumber(...)
local me = self()
local echo = spawn(answer)
local server = GenServer.start(Counter, 0)
local asker = GenServer.start(Counter, 0)
for _ = 1, 10 do spawn(loop) end
Process.sleep(50)

local times = {}
for i = 1, n do
  local start = now()
  send(echo, me)
  receive()
  times[i] = now() - start
end
report("loops_round_trip", middle(times) / 1000, "us")

for i = 1, n do times[i] = GenServer.call(asker, { "time_call", server }, "infinity") end
report("loops_call", middle(times) / 1000, "us")
