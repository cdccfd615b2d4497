-- args: --virtual
-- What init is for: it says what the server starts with, and sets the first check a second ahead. Each
-- check sets the next one.

HealthChecker = GenServer.module "HealthChecker"

local FIRST_CHECK, CHECK_INTERVAL = 1000, 30000

function HealthChecker.start_link(urls)
  return GenServer.start_link(HealthChecker, urls, { name = HealthChecker })
end
function HealthChecker.statuses() return GenServer.call(HealthChecker, "statuses") end

local function schedule_check(delay) Process.send_after(self(), "perform_check", delay) end

function HealthChecker.init(urls)
  schedule_check(FIRST_CHECK)
  return "ok", { urls = urls, statuses = {}, check_interval = CHECK_INTERVAL }
end

function HealthChecker.handle_info.perform_check(state)
  for name, url in pairs(state.urls) do
    local response, problem = HTTP.get(url)
    state.statuses[name] = response and response.status_code or problem.reason
  end
  schedule_check(state.check_interval)
  return "noreply", state
end

function HealthChecker.handle_call.statuses(state) return "reply", state.statuses, state end

-- Three services: one that is well, one that is not, and one that nobody knows.
local server = HTTP.serve{ handler = function(request)
  return request.path == "/well" and 200 or 503
end }
HealthChecker.start_link{ well = server.url .. "/well", ill = server.url .. "/ill", lost = "http://127.0.0.1:1" }

print(inspect(HealthChecker.statuses()))        -- expect: {}
Process.sleep(999)
print(inspect(HealthChecker.statuses()))        -- expect: {}
Process.sleep(1000)
print(inspect(HealthChecker.statuses()))        -- expect: { ill = 503, lost = "econnrefused", well = 200 }

-- The server has gone: half a minute later the checker knows.
HTTP.stop(server)
print(HealthChecker.statuses().well)            -- expect: 200
Process.sleep(30000)
print(inspect(HealthChecker.statuses()))
-- expect: { ill = "econnrefused", lost = "econnrefused", well = "econnrefused" }
