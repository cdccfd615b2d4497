dofile((arg[0]:gsub("[^/]*$", "bench.lua")))

local PAUSE = 500 -- milliseconds until the endpoint answers

local n = tonumber(...)
local me = self()
local counter = GenServer.start(Counter, 0)
local server = HTTP.serve{ handler = function() Process.sleep(PAUSE) return 200, "late" end }

local function ask(url)
  local response, failure = HTTP.get(url, { recv_timeout = 60000 })
  send(me, response and response.body or inspect(failure))
end

local start = System.monotonic_time()
for _ = 1, n do spawn(ask, server.url) end
local times, answers = {}, 0
while answers < n do
  local before = System.monotonic_time()
  GenServer.call(counter, "inc")
  times[#times + 1] = System.monotonic_time() - before
  receive {
    { any, function(answer)
      if answer ~= "late" then error("an answer is lost: " .. answer) end
      answers = answers + 1
    end },
    after = { 1, function() end },
  }
end
report("http_slow", (System.monotonic_time() - start) / 1e6 - PAUSE, "ms")
report("http_call", middle(times) / 1000, "us")
