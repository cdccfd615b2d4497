-- A checker that asks its URLs at an interval and remembers how each of them is.

PeriodicHealthChecker = GenServer.module "PeriodicHealthChecker"

function PeriodicHealthChecker.start_link(options)
  return GenServer.start_link(PeriodicHealthChecker, options, { name = PeriodicHealthChecker })
end
function PeriodicHealthChecker.get_status() return GenServer.call(PeriodicHealthChecker, "get_status") end

local function schedule_check(interval) Process.send_after(self(), "perform_check", interval) end

local function check_url(url)
  local response = HTTP.get(url, { timeout = 5000 })
  if not response then return "unreachable" end
  return response.status_code == 200 and "healthy" or "unhealthy"
end

function PeriodicHealthChecker.init(options)
  local interval = options.interval or 30000
  schedule_check(interval)
  return "ok", { urls = options.urls or {}, interval = interval, statuses = {} }
end
function PeriodicHealthChecker.handle_info.perform_check(state)
  local statuses = Enum.reduce(state.urls, {}, function(url, acc)
    return Map.put(acc, url, check_url(url))
  end)
  schedule_check(state.interval)
  return "noreply", Map.put(state, "statuses", statuses)
end
function PeriodicHealthChecker.handle_call.get_status(state) return "reply", state.statuses, state end

local server = HTTP.serve{ handler = function(request)
  return request.path == "/good" and 200 or 500, "…"
end }
local gone = HTTP.serve{ handler = function() return 200 end }
HTTP.stop(gone)

local urls = { server.url .. "/good", server.url .. "/bad", gone.url .. "/" }
PeriodicHealthChecker.start_link{ urls = urls, interval = 20 }
print(inspect(PeriodicHealthChecker.get_status()))      -- expect: {}
local statuses
repeat
  Process.sleep(5)
  statuses = PeriodicHealthChecker.get_status()
until statuses[urls[1]]
for _, url in ipairs(urls) do print(statuses[url]) end
-- expect: healthy
-- expect: unhealthy
-- expect: unreachable
