-- Servers: handlers that crash, return nonsense, wait and call; ports; owners.
Health = GenServer.module "Health"
function Health.init() return "ok", 200 end
function Health.handle_call.status(state) return "reply", state, state end
function Health.handle_call.set(state, from, status) return "reply", true, status end
local health = GenServer.start_link(Health)

local server = HTTP.serve{ max_body = 10, handler = function(request)
  local path = request.path
  if path == "/health" then return GenServer.call(health, "status") end
  if path == "/crash" then error("boom") end
  if path == "/exit" then exit("shutdown") end
  if path == "/killed" then Process.exit(self(), "kill") end
  if path == "/status" then return "fine" end
  if path == "/body" then return 200, { 1 } end
  if path == "/header" then return 200, "", { ["a:b"] = "c" } end
  if path == "/nothing" then return end
  if path == "/wait" then Process.sleep(1000) end
  return 200, request.body
end }
print(server.url == "http://127.0.0.1:" .. server.port, is_pid(server.pid)) -- expect: true	true
local function ask(path)
  local response, failure = HTTP.get(server.url .. path)
  return response and response.status_code or failure.reason
end

print(ask("/health"))                          -- expect: 200
GenServer.call(health, { "set", 503 })
print(ask("/health"))                          -- expect: 503
print(ask("/crash"))                           -- expect: 500
-- expect error: ** (RuntimeError) boom
print(ask("/exit"), ask("/killed"))            -- expect: 500	500
print(ask("/status"))                          -- expect: 500
-- expect error: the handler of HTTP.serve returned as status "fine", not an integer from 200 to 599
print(ask("/body"))                            -- expect: 500
-- expect error: the handler of HTTP.serve returned as body { 1 }, not a string
print(ask("/header"))                          -- expect: 500
-- expect error: the handler of HTTP.serve returned as headers { ["a:b"] = "c" }, not a table of names and their values
print(ask("/nothing"))                         -- expect: 500
-- expect error: the handler of HTTP.serve returned as status nil, not an integer from 200 to 599

local function post(body)
  return HTTP.request{ url = server.url, method = "POST", body = body }.status_code
end
print(post("0123456789"), post("0123456789a")) -- expect: 200	413

-- One that waits stops nobody.
local me = self()
spawn(function() send(me, ask("/wait")) end)
Process.sleep(50)
print(ask("/"))                                -- expect: 200
print(receive{ { _, function(status) return status end } }) -- expect: 200

print(HTTP.serve{ port = server.port, handler = print }) -- expect: nil	eaddrinuse

-- Whoever waits when a server stops gets no answer.
spawn(function()
  local _, failure = HTTP.request{ url = server.url .. "/wait", method = "POST" }
  send(me, failure.reason)
end)
Process.sleep(50)
print(HTTP.stop(server), HTTP.stop(server))    -- expect: true	true
print(receive{ { _, function(reason) return reason end } }) -- expect: closed
print(ask("/"))                                -- expect: econnrefused

-- A server ends with its owner.
local owner = spawn(function()
  send(me, HTTP.serve{ handler = function() return 200 end })
  Process.sleep("infinity")
end)
local theirs = receive{ { _, function(s) return s end } }
print(HTTP.get(theirs.url).status_code)        -- expect: 200
local ref = Process.monitor(theirs.pid)
Process.exit(owner, "kill")
receive{ { { "DOWN", ref, _, _, _ }, function() end } }
print(HTTP.get(theirs.url) == nil)             -- expect: true
print(#Process.info(self(), "messages"))       -- expect: 0
