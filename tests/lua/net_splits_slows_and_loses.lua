-- args: --virtual
local a, b, c = Node.start("a"), Node.start("b"), Node.start("c")
local function time() return System.monotonic_time("millisecond") end
Counter = GenServer.module "Counter"
function Counter.init(n) return "ok", n end
function Counter.handle_call.next(n, from) return "reply", n, n + 1 end
function Counter.handle_call.ask(n, from, node)
  local ok, reply = pcall(GenServer.call, { "counter", node }, "next", 1000)
  return "reply", ok and reply or reply.reason[1], n
end
for _, node in ipairs { a, b, c } do
  Node.spawn(node, function() GenServer.start(Counter, 1, { name = "counter" }) end)
end
Process.sleep(1)
local function ask(from, to) return inspect(GenServer.call({ "counter", from }, { "ask", to })) end
print(ask(a, b), ask(b, a))
net.show()
print(net.split{ { "a" }, { "b", "c@local" } })
print(ask(a, b), ask(b, a), ask(b, c), ask(c, b))
net.show()
net.heal()
print(ask(a, b), ask(b, a))
-- expect: 1	1
-- expect: main@local --- a@local     connected
-- expect: main@local --- b@local     connected
-- expect: main@local --- c@local     connected
-- expect: a@local    --- b@local     connected
-- expect: true
-- expect: { "nodedown", "b@local" }	{ "nodedown", "a@local" }	1	2
-- expect: main@local --- a@local     connected
-- expect: main@local --- b@local     connected
-- expect: main@local --- c@local     connected
-- expect: a@local    --- b@local     cut
-- expect: a@local    --- c@local     cut
-- expect: b@local    --- c@local     connected
-- expect: 3	2

-- A split that is noticed after a while: what was under way until then waits, and arrives if it heals.
local started = time()
net.split({ { "a" }, { "b", "c" } }, { noticed_after = 300 })
net.show()
print(ask(a, b), time() - started)
net.heal()
print(ask(a, b))
started = time()
net.split({ { "a" }, { "b", "c" } }, { noticed_after = 3000 })
spawn(function() Process.sleep(200) net.heal() end)
print(ask(a, b), time() - started)
started = time()
net.split({ { "a" }, { "b", "c" } }, { noticed_after = 3000 })
print(ask(a, b), time() - started)
net.heal()
-- expect: main@local --- a@local     connected
-- expect: main@local --- b@local     connected
-- expect: main@local --- c@local     connected
-- expect: a@local    --- b@local     cut, not noticed yet
-- expect: a@local    --- c@local     cut
-- expect: b@local    --- c@local     connected
-- expect: { "nodedown", "b@local" }	300
-- expect: 4
-- expect: 5	200
-- expect: "timeout"	1000

-- Delay: each way of its own.
ask(a, b)
Process.sleep(5000) -- until the nodes that are connected again have the same global names
net.delay(20)
net.delay(50, "a", "b")
started = time()
print(GenServer.call({ "counter", a }, "next"), time() - started)
started = time()
print(ask(a, b), time() - started)
net.show()
net.delay(0)
-- expect: 3	40
-- expect: 8	110
-- expect: main@local --- a@local     connected
-- expect:   to a@local: 20 ms, 1 under way
-- expect:   to main@local: 20 ms
-- expect: main@local --- b@local     connected
-- expect:   both ways: 20 ms
-- expect: main@local --- c@local     connected
-- expect:   both ways: 20 ms
-- expect: a@local    --- b@local     connected
-- expect:   to b@local: 50 ms, 1 under way
-- expect:   to a@local: 20 ms
-- expect: a@local    --- c@local     connected
-- expect:   both ways: 20 ms
-- expect: b@local    --- c@local     connected
-- expect:   both ways: 20 ms

-- Loss: what gets lost is sent again, and order holds.
net.loss(0.3)
local main = self()
local pid = Node.spawn(b, function()
  local list = {}
  for i = 1, 20 do list[i] = receive { { _, function(n) return n end } } end
  send(main, table.concat(list, " "))
end)
for i = 1, 20 do send(pid, i) end
print(receive())
print(net.ways()[1].loss, net.ways()[2].lost > 0)
net.loss(0)
-- expect: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20
-- expect: 0.3	true
