-- Three nodes on a net that is slow, lossy and split by chance; servers that call each other, and die.
local nodes = { Node.start("a"), Node.start("b"), Node.start("c") }

Counter = GenServer.module "Counter"
function Counter.init(n) return "ok", n end
function Counter.handle_call.next(n, from) return "reply", n, n + 1 end
function Counter.handle_cast.ask(n, node)
  pcall(GenServer.call, { "counter", node }, "next", 300)
  return "noreply", n
end
function Counter.handle_info(message, n) return "noreply", n + 1 end

for _, node in ipairs(nodes) do
  Node.spawn(node, function()
    Supervisor.start_link({ { id = "counter", start = { GenServer, "start_link", { Counter, 1, { name = "counter" } } } } },
      { strategy = "one_for_one", max_restarts = 1000 })
    Process.sleep("infinity")
  end)
end

local function any() return nodes[math.random(#nodes)] end
local actions = {
  function() net.loss(math.random() / 2) end,
  function() net.delay(math.random(0, 30)) end,
  function() net.split({ { "a" }, { "b", "c" } }, { noticed_after = math.random(0, 400) }) end,
  function() net.heal() end,
  function() send({ "counter", any() }, "hello") end,
  function() GenServer.multi_call(nodes, "counter", "next", 100) end,
  function() Node.spawn(any(), function() Process.exit(Process.whereis("counter") or self(), "kill") end) end,
  function() Process.monitor({ "counter", any() }) end,
}
for _ = 1, 150 do
  GenServer.cast({ "counter", any() }, { "ask", any() })
  if math.random(3) == 1 then actions[math.random(#actions)]() end
  Process.sleep(math.random(0, 20))
end
