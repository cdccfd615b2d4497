-- args: --virtual --seed 1
-- The single global process: one counter for all nodes, under a global name. A keeper on each node starts
-- it where it is missing. When the net splits, each side has its own; when it heals, one of them must go.
Logger.configure { level = "warning" }
local nodes = { Node.start("a"), Node.start("b"), Node.start("c") }

Counter = GenServer.module "Counter"
function Counter.init() return "ok", 0 end
function Counter.handle_call.add(n, from, amount) return "reply", n + amount, n + amount end

-- Starts the counter, or finds that somebody has, and waits for its end.
local function keep()
  while true do
    local pid, reason = GenServer.start(Counter, nil, { name = { "global", "counter" } })
    pid = pid or reason[2]
    local monitor = Process.monitor(pid)
    receive { { { "DOWN", monitor, any, any, any }, function() end } }
    Process.sleep(500)
  end
end

local function user()
  Process.register(self(), "user")
  while true do
    receive { { { any, any }, function(from, amount)
      local pid = global.whereis_name("counter")
      send(from, node(pid) .. ": " .. GenServer.call(pid, { "add", amount }))
    end } }
  end
end

for _, name in ipairs(nodes) do
  Node.spawn(name, function()
    for _, other in ipairs(nodes) do Node.connect(other) end
    global.sync()
    spawn(keep)
    spawn(user)
  end)
end
Process.sleep(10000)

local function add(node, amount)
  send({ "user", node .. "@local" }, { self(), amount })
  return receive()
end
print(add("a", 1), add("b", 1), add("c", 1))
-- expect: a@local: 1	a@local: 2	a@local: 3

-- Where the counter is gone, the keeper starts another: both sides count on, from different numbers.
net.split { { "a" }, { "b", "c" } }
Process.sleep(10000)
print(add("a", 10), add("b", 100), add("c", 100))
-- expect: a@local: 13	b@local: 100	b@local: 200

-- The nodes meet: two processes for one name. The one on the node that comes first stays, the other is
-- killed, and the keepers all watch the one that remains.
net.heal()
Node.spawn("a", function() Node.connect("b") end)
Process.sleep(10000)
print(add("a", 0), add("b", 0), add("c", 0))
-- expect: a@local: 13	a@local: 13	a@local: 13

-- What the dead one had counted is gone, the 200 that b and c had been told of.
