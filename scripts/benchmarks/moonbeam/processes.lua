dofile((arg[0]:gsub("[^/]*$", "bench.lua")))

function nothing() end
function tell(pid) send(pid, "done") end

-- Processes run in the order of their start: when the last one does, the others have ended.
local function spawn_all(n)
  for _ = 1, n do spawn(nothing) end
  spawn(tell, self())
  receive()
end

local function spawn_and_wait(n)
  for _ = 1, n do
    spawn_monitor(nothing)
    receive()
  end
end

local function start_and_stop(n)
  for _ = 1, n do GenServer.stop(GenServer.start(Counter, 0)) end
end

local n = tonumber(...)
measure("spawn_exit", n, "ns", time, spawn_all, n)
measure("spawn_monitor", n, "ns", time, spawn_and_wait, n)
measure("server_start_stop", n // 2, "ns", time, start_and_stop, n // 2)
