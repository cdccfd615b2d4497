-- args: --virtual
-- Services are asked for their health again and again: one failure makes them degraded, three in a row
-- critical, one success healthy again. The service is a real one, on this machine's loopback.
--
--     moonbeam service_monitor.lua [MILLISECONDS BETWEEN CHECKS]
--
-- Under the virtual clock half a minute between two checks is no half minute.

local State = struct("ServiceMonitor", {
  services = {}, check_interval = 30000, consecutive_failures = {}, max_failures = 3,
})

ServiceMonitor = GenServer.module "ServiceMonitor"

-- ---- What others call

function ServiceMonitor.start_link(options)
  return GenServer.start_link(ServiceMonitor, options, { name = "ServiceMonitor" })
end
function ServiceMonitor.add_service(name, url)
  return GenServer.call("ServiceMonitor", { "add_service", name, url })
end
function ServiceMonitor.remove_service(name)
  return GenServer.call("ServiceMonitor", { "remove_service", name })
end
function ServiceMonitor.get_status() return GenServer.call("ServiceMonitor", "get_status") end
function ServiceMonitor.get_service_status(name)
  return GenServer.call("ServiceMonitor", { "get_service_status", name })
end

-- ---- One check

local function failed(name, service, failures, max_failures, reason)
  local count = (failures[name] or 0) + 1
  local status = count >= max_failures and "critical" or "degraded"
  Logger.warning(string.format("%s check failed (%d/%d): %s", name, count, max_failures, inspect(reason)))
  if status == "critical" then Logger.error(name .. " is CRITICAL") end
  return Map.merge(service, { status = status, last_check = DateTime.utc_now() }), count
end

-- The service as it is now, and how often in a row it has failed.
local function check(name, service, failures, max_failures)
  local began = System.monotonic_time("millisecond")
  local response, problem = HTTP.get(service.url, { timeout = 5000, recv_timeout = 5000 })
  service = Map.delete(service, "response_time")
  if not response then return failed(name, service, failures, max_failures, problem.reason) end
  if response.status_code ~= 200 then
    return failed(name, service, failures, max_failures, { "bad_status", response.status_code })
  end
  local took = System.monotonic_time("millisecond") - began
  Logger.info(name .. " is healthy")
  return Map.merge(service, { status = "healthy", last_check = DateTime.utc_now(), response_time = took }), 0
end

-- ---- What runs inside the server

local function schedule_check(interval) Process.send_after(self(), "perform_check", interval) end

function ServiceMonitor.init(options)
  local state = State(options)
  schedule_check(state.check_interval)
  return "ok", state
end
function ServiceMonitor.handle_call.add_service(state, from, name, url)
  state.services[name] = { url = url, status = "unknown" }
  return "reply", "ok", state
end
function ServiceMonitor.handle_call.remove_service(state, from, name)
  state.services[name], state.consecutive_failures[name] = nil, nil
  return "reply", "ok", state
end
function ServiceMonitor.handle_call.get_status(state) return "reply", state.services, state end
function ServiceMonitor.handle_call.get_service_status(state, from, name)
  return "reply", state.services[name], state
end
function ServiceMonitor.handle_info.perform_check(state)
  for name, service in pairs(state.services) do
    state.services[name], state.consecutive_failures[name] =
      check(name, service, state.consecutive_failures, state.max_failures)
  end
  schedule_check(state.check_interval)
  return "noreply", state
end

-- ---- A service whose health can be switched

Health = Agent.start_link(function() return 200 end, { name = "Health" })
local server = HTTP.serve{ handler = function(request)
  if request.path ~= "/health" then return 404, "no such page" end
  local status = Agent.get("Health", function(code) return code end)
  return status, status == 200 and "fine" or "not well"
end }

local INTERVAL = tonumber((...)) or 30000
ServiceMonitor.start_link{ check_interval = INTERVAL, max_failures = 3 }
ServiceMonitor.add_service("api", server.url .. "/health")

-- Waits until the status of a service changes from what it was, and prints it.
local last = "unknown"
local function next_status()
  local service
  repeat
    Process.sleep(INTERVAL // 10)
    service = ServiceMonitor.get_service_status("api")
  until service.status ~= last
  last = service.status
  print(last, service.response_time ~= nil)
end

next_status()                                                   -- expect: healthy	true
Agent.update("Health", function() return 503 end)
next_status()                                                   -- expect: degraded	false
next_status()                                                   -- expect: critical	false
Agent.update("Health", function() return 200 end)
next_status()                                                   -- expect: healthy	true
HTTP.stop(server)
next_status()                                                   -- expect: degraded	false
next_status()                                                   -- expect: critical	false
-- expect error: [info] api is healthy
-- expect error: [warning] api check failed (3/3): { "bad_status", 503 }
-- expect error: [error] api is CRITICAL
-- expect error: [warning] api check failed (3/3): "econnrefused"
print(ServiceMonitor.remove_service("api"))                     -- expect: ok
print(inspect(ServiceMonitor.get_status()))                     -- expect: {}
