-- args: --virtual
Slow = GenServer.module "Slow"
function Slow.init() return "ok", 0 end
function Slow.handle_call.sleep(n, from, ms)
  Process.sleep(ms)
  return "reply", n, n + 1
end
function Slow.handle_call.ask(n, from, pid)
  send(pid, { "question", self() })
  local answer = receive { { { "answer", _ }, function(x) return x end } }
  return "reply", answer, n
end
function Slow.terminate(reason, n)
  Process.sleep(10)
  send("main", { "ended", reason })
end

Process.register(self(), "main")
local pid = GenServer.start(Slow)
print(GenServer.call(pid, { "sleep", 20 }))        -- expect: 0
local helper = spawn(function()
  receive { { { "question", _ }, function(server) send(server, { "answer", 42 }) end } }
end)
print(GenServer.call(pid, { "ask", helper }))      -- expect: 42

-- The other messages wait meanwhile, and come in order.
for i = 1, 3 do spawn(function() send("main", { i, GenServer.call(pid, { "sleep", 5 }) }) end) end
for _ = 1, 3 do print(inspect(receive())) end
-- expect: { 1, 1 }
-- expect: { 2, 2 }
-- expect: { 3, 3 }
print(GenServer.stop(pid, "shutdown"))             -- expect: true
print(inspect(receive()))                          -- expect: { "ended", "shutdown" }
