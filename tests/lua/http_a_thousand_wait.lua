-- A thousand processes wait for a slow endpoint, and nobody else notices.
Counter = GenServer.module "Counter"
function Counter.init() return "ok", 0 end
function Counter.handle_call.next(n) return "reply", n + 1, n + 1 end
local counter = GenServer.start_link(Counter)

local server = HTTP.serve{ handler = function(request)
  Process.sleep(1000)
  return 200, request.query.n
end }
local me = self()
for n = 1, 1000 do
  spawn(function()
    local response, failure = HTTP.get(server.url .. "/?n=" .. n, { recv_timeout = 15000 })
    send(me, { "answer", n, response and response.body or inspect(failure) })
  end)
end

local calls, right = 0, 0
Process.send_after(self(), "look", 0)
while right < 1000 do
  receive{
    { { "answer", _, _ }, function(n, body)
      if body ~= tostring(n) then print(n, body) end
      right = right + 1
    end },
    { "look", function()
      GenServer.call(counter, "next", 500)
      calls = calls + 1
      Process.send_after(me, "look", 5)
    end },
  }
end
print(right, calls > 10)                       -- expect: 1000	true
