-- args: --virtual
-- The second exercise: at most so many requests of each client within a window that slides along.

RateLimiter = GenServer.module "RateLimiter"

function RateLimiter.start_link(limit, window)
  return GenServer.start_link(RateLimiter, { limit = limit, window = window }, { name = RateLimiter })
end
-- "ok", or "wait" and the milliseconds until there is room again.
function RateLimiter.request(client)
  return table.unpack(GenServer.call(RateLimiter, { "request", client }))
end

function RateLimiter.init(options) return "ok", Map.merge(options, { clients = {} }) end

local function now() return System.monotonic_time("millisecond") end

function RateLimiter.handle_call.request(state, from, client)
  local recent = Enum.filter(state.clients[client] or {}, function(time)
    return time > now() - state.window
  end)
  if #recent >= state.limit then
    return "reply", { "wait", recent[1] + state.window - now() }, state
  end
  recent[#recent + 1] = now()
  state.clients[client] = recent
  return "reply", { "ok" }, state
end

RateLimiter.start_link(3, 1000)
for _ = 1, 5 do
  print(now(), RateLimiter.request("ada"))
  Process.sleep(100)
end
-- expect: 0	ok
-- expect: 100	ok
-- expect: 200	ok
-- expect: 300	wait	700
-- expect: 400	wait	600
print(now(), RateLimiter.request("bob"))        -- expect: 500	ok
Process.sleep(500)
print(now(), RateLimiter.request("ada"))        -- expect: 1000	ok
print(now(), RateLimiter.request("ada"))        -- expect: 1000	wait	100

-- A client that does what it is told gets through in the shortest time there is.
local done = 0
local began = now()
while done < 10 do
  local answer, wait = RateLimiter.request("cid")
  if answer == "ok" then done = done + 1 else Process.sleep(wait) end
end
print(now() - began)                            -- expect: 3000
